import build from '../../templates/common/build.hbs';
import beginDeploy from '../../templates/common/partials/begin-deploy.hbs';
import buildHeader from '../../templates/common/partials/build-header.hbs';
import buildHelpers from '../../templates/common/partials/build-helpers.hbs';
import buildLogin from '../../templates/common/partials/build-login.hbs';
import buildSteps from '../../templates/common/partials/build-steps.hbs';
import checkBuild from '../../templates/common/partials/check-build.hbs';
import checkTarget from '../../templates/common/partials/check-target.hbs';
import chooseTarget from '../../templates/common/partials/choose-target.hbs';
import cutLines from '../../templates/common/partials/cut-lines.hbs';
import engine from '../../templates/common/partials/engine.hbs';
import files from '../../templates/common/partials/files.hbs';
import finish from '../../templates/common/partials/finish.hbs';
import helpers from '../../templates/common/partials/helpers.hbs';
import history from '../../templates/common/partials/history.hbs';
import hooks from '../../templates/common/partials/hooks.hbs';
import images from '../../templates/common/partials/images.hbs';
import messages from '../../templates/common/partials/messages.hbs';
import nextLine from '../../templates/common/partials/next-line.hbs';
import putBeside from '../../templates/common/partials/put-beside.hbs';
import showOutcome from '../../templates/common/partials/show-outcome.hbs';
import takeLock from '../../templates/common/partials/take-lock.hbs';
import tools from '../../templates/common/partials/tools.hbs';
import traps from '../../templates/common/partials/traps.hbs';
import useDeployed from '../../templates/common/partials/use-deployed.hbs';

export const scripts = { build };

export const partials = {
  'begin-deploy': beginDeploy,
  'build-header': buildHeader,
  'build-helpers': buildHelpers,
  'build-login': buildLogin,
  'build-steps': buildSteps,
  'check-build': checkBuild,
  'check-target': checkTarget,
  'choose-target': chooseTarget,
  'cut-lines': cutLines,
  engine,
  files,
  finish,
  helpers,
  history,
  hooks,
  images,
  messages,
  'next-line': nextLine,
  'put-beside': putBeside,
  'show-outcome': showOutcome,
  'take-lock': takeLock,
  tools,
  traps,
  'use-deployed': useDeployed,
};
