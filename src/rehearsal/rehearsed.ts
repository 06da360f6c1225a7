import type { Parameters } from '../parameters/parameters.js';
import { strategyOf } from '../parameters/strategy.js';
import type { TracedScript } from '../scripts/origins.js';
import { renderScripts, type Scripts } from '../scripts/render.js';
import { builtinTemplates, type TemplateSet } from '../scripts/templates.js';
import { traceScripts } from '../scripts/trace.js';
import { VERSION } from '../version.js';
import type { HostHistory } from './host-history.js';
import type { RealHost } from './real-host/read-host.js';
import { NOWHERE, relocate } from './relocate.js';

interface Rendered {
  readonly scripts: Scripts;
  readonly parameters: Parameters;
  readonly templates: TemplateSet;
}

/** A build of an app, and every script that a rehearsal of it needs. */
export class Rehearsed {
  readonly #rendered = new Map<string, Rendered>();

  constructor(
    readonly parameters: Parameters,
    /** Those that will be shipped. */
    readonly scripts: Scripts,
    readonly templates: TemplateSet,
    /** Of the host that it will be shipped to; without both, hosts are made up. */
    readonly history: HostHistory | undefined = undefined,
    readonly real: RealHost | undefined = undefined,
  ) {}

  /** At times two containers of the app run. */
  get runsBoth(): boolean {
    return strategyOf(this.parameters).strategy !== 'recreate';
  }

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

  /**
   * Where the lines of an auto.sh come from; undefined if no template renders it, because it was edited.
   * @param sha256 of the lines that are the same in a rehearsal
   */
  origins(sha256: string): TracedScript | undefined {
    const shipped = { parameters: this.parameters, templates: this.templates };
    return [shipped, ...this.#rendered.values()]
      .map(({ parameters, templates }) => traceScripts(parameters, templates, VERSION).get('auto.sh'))
      .find((traced) => traced !== undefined && relocate(traced.text, NOWHERE).sha256 === sha256);
  }

  /** Each build once: after every fault the next one is shipped. */
  #render(parameters: Parameters, templates: TemplateSet): Scripts {
    const { mode, tag, jenkins } = parameters;
    const key = [mode, tag, jenkins.buildNumber, templates === this.templates].join(' ');
    const scripts = this.#rendered.get(key)?.scripts ?? renderScripts(parameters, templates, VERSION);
    this.#rendered.set(key, { scripts, parameters, templates });
    return scripts;
  }

  #build(mode: Parameters['mode'], tag: string, buildNumber: string): Parameters {
    const { jenkins } = this.parameters;
    const rollback = { to: '', steps: 0, from: '' };
    return { ...this.parameters, mode, tag, rollback, jenkins: { ...jenkins, buildNumber } };
  }
}
