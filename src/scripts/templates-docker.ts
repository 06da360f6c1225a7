import adoption from '../../templates/docker/partials/adoption.hbs';
import beside from '../../templates/docker/partials/beside.hbs';
import check from '../../templates/docker/partials/check.hbs';
import containers from '../../templates/docker/partials/containers.hbs';
import deploy from '../../templates/docker/partials/deploy.hbs';
import gate from '../../templates/docker/partials/gate.hbs';
import header from '../../templates/docker/partials/header.hbs';
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

export const scripts = { repull, rollback };

export const partials = {
  adoption,
  beside,
  check,
  containers,
  deploy,
  gate,
  header,
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
  swap,
  'swap-file': swapFile,
  target,
};
