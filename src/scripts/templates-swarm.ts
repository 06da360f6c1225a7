import change from '../../templates/swarm/partials/change.hbs';
import deploy from '../../templates/swarm/partials/deploy.hbs';
import gate from '../../templates/swarm/partials/gate.hbs';
import header from '../../templates/swarm/partials/header.hbs';
import lock from '../../templates/swarm/partials/lock.hbs';
import login from '../../templates/swarm/partials/login.hbs';
import options from '../../templates/swarm/partials/options.hbs';
import outcome from '../../templates/swarm/partials/outcome.hbs';
import preflight from '../../templates/swarm/partials/preflight.hbs';
import recover from '../../templates/swarm/partials/recover.hbs';
import service from '../../templates/swarm/partials/service.hbs';
import settings from '../../templates/swarm/partials/settings.hbs';
import signals from '../../templates/swarm/partials/signals.hbs';
import state from '../../templates/swarm/partials/state.hbs';
import status from '../../templates/swarm/partials/status.hbs';
import swapFile from '../../templates/swarm/partials/swap-file.hbs';
import target from '../../templates/swarm/partials/target.hbs';
import undo from '../../templates/swarm/partials/undo.hbs';
import repull from '../../templates/swarm/repull.hbs';
import rollback from '../../templates/swarm/rollback.hbs';

export const scripts = { repull, rollback };

export const partials = {
  change,
  deploy,
  gate,
  header,
  lock,
  login,
  options,
  outcome,
  preflight,
  recover,
  service,
  settings,
  signals,
  state,
  status,
  'swap-file': swapFile,
  target,
  undo,
};
