import type { Parameters } from '../parameters/parameters.js';
import { renderScripts, type Scripts } from '../scripts/render.js';
import { builtinTemplates, type TemplateSet } from '../scripts/templates.js';
import { VERSION } from '../version.js';
import type { HostHistory } from './host-history.js';
import type { RealHost } from './real-host/read-host.js';

/** A build of an app, and every script that a rehearsal of it needs. */
export class Rehearsed {
  readonly #rendered = new Map<string, Scripts>();

  constructor(
    readonly parameters: Parameters,
    /** Those that will be shipped. */
    readonly scripts: Scripts,
    readonly templates: TemplateSet,
    /** Of the host that it will be shipped to; without both, hosts are made up. */
    readonly history: HostHistory | undefined = undefined,
    readonly real: RealHost | undefined = undefined,
  ) {}

  /** A deploy by an earlier build. Its template is ours: a defect in the user's belongs to the run that is rehearsed. */
  earlier(tag: string, build: string): Scripts {
    return this.#render(this.#build('manual', tag, build), builtinTemplates());
  }

  /** By the build after the rehearsed one, as that would render it. */
  laterDeploy(tag: string, build: string): Scripts {
    return this.#render(this.#build('manual', tag, build), this.templates);
  }

  laterRollback(build: string): Scripts {
    return this.#render(this.#build('rollback', '', build), this.templates);
  }

  /** Each build once: after every fault the next one is shipped. */
  #render(build: Parameters, templates: TemplateSet): Scripts {
    const key = [build.mode, build.tag, build.jenkins.buildNumber, templates === this.templates].join(' ');
    const known = this.#rendered.get(key) ?? renderScripts(build, templates, VERSION);
    this.#rendered.set(key, known);
    return known;
  }

  #build(mode: Parameters['mode'], tag: string, buildNumber: string): Parameters {
    const { jenkins } = this.parameters;
    const rollback = { to: '', steps: 0 };
    return { ...this.parameters, mode, tag, rollback, jenkins: { ...jenkins, buildNumber } };
  }
}
