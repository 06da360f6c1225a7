import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime';
import build from '../../templates/docker/build.hbs';
import adoption from '../../templates/docker/partials/adoption.hbs';
import beside from '../../templates/docker/partials/beside.hbs';
import buildHeader from '../../templates/docker/partials/build-header.hbs';
import buildHelpers from '../../templates/docker/partials/build-helpers.hbs';
import buildLogin from '../../templates/docker/partials/build-login.hbs';
import buildSteps from '../../templates/docker/partials/build-steps.hbs';
import check from '../../templates/docker/partials/check.hbs';
import containers from '../../templates/docker/partials/containers.hbs';
import deploy from '../../templates/docker/partials/deploy.hbs';
import gate from '../../templates/docker/partials/gate.hbs';
import header from '../../templates/docker/partials/header.hbs';
import helpers from '../../templates/docker/partials/helpers.hbs';
import images from '../../templates/docker/partials/images.hbs';
import lock from '../../templates/docker/partials/lock.hbs';
import networks from '../../templates/docker/partials/networks.hbs';
import options from '../../templates/docker/partials/options.hbs';
import outcome from '../../templates/docker/partials/outcome.hbs';
import preflight from '../../templates/docker/partials/preflight.hbs';
import recover from '../../templates/docker/partials/recover.hbs';
import retention from '../../templates/docker/partials/retention.hbs';
import settings from '../../templates/docker/partials/settings.hbs';
import signals from '../../templates/docker/partials/signals.hbs';
import state from '../../templates/docker/partials/state.hbs';
import status from '../../templates/docker/partials/status.hbs';
import swap from '../../templates/docker/partials/swap.hbs';
import swapFile from '../../templates/docker/partials/swap-file.hbs';
import target from '../../templates/docker/partials/target.hbs';
import repull from '../../templates/docker/repull.hbs';
import rollback from '../../templates/docker/rollback.hbs';

/** A template's text, and the file to name when something is wrong with it. */
export interface TemplateText {
  readonly text: string;
  readonly file: string;
}

/** One that can be rendered. */
export interface Template extends TemplateText {
  readonly delegate: TemplateDelegate;
}

export type TemplateDelegate = Handlebars.TemplateDelegate;

/** By name: `docker/repull`, `docker/partials/lock`. */
export type TemplateSet = ReadonlyMap<string, Template>;

const scripts = { build, repull, rollback };
const partials = {
  adoption,
  beside,
  'build-header': buildHeader,
  'build-helpers': buildHelpers,
  'build-login': buildLogin,
  'build-steps': buildSteps,
  check,
  containers,
  deploy,
  gate,
  header,
  helpers,
  images,
  lock,
  networks,
  options,
  outcome,
  preflight,
  recover,
  retention,
  settings,
  signals,
  state,
  status,
  'swap-file': swapFile,
  target,
  swap,
};

/** The templates that ship with gen-scripts. */
export function builtinTemplates(): TemplateSet {
  return new Map([...entries('docker', scripts), ...entries('docker/partials', partials)]);
}

type Compiled = typeof build;

function entries(folder: string, templates: Readonly<Record<string, Compiled>>): [string, Template][] {
  return Object.entries(templates).map(([name, { text, spec }]) => {
    const path = `${folder}/${name}`;
    return [path, { text, file: `templates/${path}.hbs`, delegate: runtime.template(spec) }];
  });
}
