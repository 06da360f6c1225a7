import type { Options } from 'yargs';
import type { CommandName } from './command.js';

/** Options of the CLI itself; those that are parameters of a build come from the table of parameters. */
export const COMMON: Record<string, Options> = {
  config: {
    group: 'Files:',
    type: 'string',
    requiresArg: true,
    describe:
      'Settings of an app; again for each further app, or quoted with * for several (default: gen-scripts.yml)',
  },
  templates: {
    group: 'Files:',
    type: 'string',
    requiresArg: true,
    describe: 'Folder of templates that replace ours by name',
  },
};

export const OUT: Record<string, Options> = {
  out: {
    group: 'Files:',
    type: 'string',
    requiresArg: true,
    describe: 'Folder for the scripts (default: release)',
  },
};

export const RENDER: Record<string, Options> = {
  manifest: { type: 'boolean', describe: 'Print the manifests on stdout, as one JSON array' },
};

const PREVIEW_TERMINAL: Record<string, Options> = {
  diff: { type: 'boolean', describe: 'Only what is different from the scripts in the folder for them' },
  against: {
    type: 'string',
    requiresArg: true,
    describe: 'Different from this script, this folder of scripts, or the settings of this git commit',
  },
  'exit-code': { type: 'boolean', describe: 'With --diff: exit 1 when there is a difference' },
  color: {
    type: 'string',
    requiresArg: true,
    choices: ['auto', 'always', 'never'],
    describe: 'Colours (default: auto, on a terminal)',
  },
};

export const LINT: Record<string, Options> = {
  format: {
    type: 'string',
    requiresArg: true,
    choices: ['text', 'gcc', 'checkstyle', 'sarif', 'junit', 'gitlab', 'json'],
    describe: 'What to print on stdout (default: text)',
  },
  report: {
    type: 'string',
    requiresArg: true,
    describe: 'FORMAT=FILE: also write this; repeatable',
  },
  'fail-on': {
    type: 'string',
    requiresArg: true,
    choices: ['error', 'warning', 'info', 'style'],
    describe: 'Exit 1 for findings of this level and worse ones (default: style)',
  },
  'require-shellcheck': { type: 'boolean', describe: 'Fail when ShellCheck cannot be run' },
};

export const REHEARSE: Record<string, Options> = {
  thorough: { type: 'boolean', describe: 'Every fault at every docker call, in every shell that is here' },
  history: {
    group: 'Files:',
    type: 'string',
    requiresArg: true,
    describe: 'History file of the host: rehearse what happens to it',
  },
  containers: {
    group: 'Files:',
    type: 'string',
    requiresArg: true,
    describe: 'Containers of the host, as --ask-host has it write them; - reads them from stdin',
  },
  'ask-host': {
    type: 'boolean',
    describe:
      'Print what to run on the host for --containers: $0 rehearse --ask-host | ssh HOST sh >containers',
  },
  shell: { type: 'string', requiresArg: true, describe: 'Only in this shell (dash, bash, busybox ash, ...)' },
  scenario: { type: 'string', requiresArg: true, describe: 'Only this one, as the report names it' },
  fault: {
    type: 'string',
    requiresArg: true,
    describe: "Only this one, as the report names it: 'kill-before at call 8'",
  },
  format: {
    type: 'string',
    requiresArg: true,
    choices: ['text', 'json', 'junit', 'markdown', 'html'],
    describe: 'What to print on stdout (default: text)',
  },
  report: {
    type: 'string',
    requiresArg: true,
    describe: 'FORMAT=FILE: also write this; repeatable',
  },
  worker: { type: 'boolean', hidden: true },
};

/** The preview as a page. */
export const PREVIEW_PAGE: Record<string, Options> = {
  serve: { type: 'boolean', describe: 'Show it as a page in a browser of this machine' },
  port: { type: 'string', requiresArg: true, describe: 'Of that page (default: any that is free)' },
  'no-open': { type: 'boolean', describe: 'Do not start the browser' },
  report: { type: 'string', requiresArg: true, describe: 'Write the page as files into this folder' },
  'no-rehearsal': { type: 'boolean', describe: 'Leave the rehearsal out of the report' },
};

export const VALIDATE: Record<string, Options> = {
  show: { type: 'boolean', describe: 'Print every value and where it comes from' },
};

const LANG: Record<string, Options> = {
  lang: { type: 'string', requiresArg: true, choices: ['en', 'zh'], describe: 'Language (default: en)' },
};

export const PREVIEW: Record<string, Options> = { ...PREVIEW_TERMINAL, ...PREVIEW_PAGE, ...LANG };

export const REPORT: Record<string, Options> = {
  ...OUT,
  outcomes: {
    group: 'Files:',
    type: 'string',
    requiresArg: true,
    describe: 'What the hosts answered (default: .gen-scripts/outcomes.json)',
  },
  quiet: { type: 'boolean', describe: 'Print no table' },
  'keep-going': {
    type: 'boolean',
    describe: 'Whatever rollout.failures says: after a host that failed the next ones come',
  },
  ...LANG,
};

export const SHIP: Record<string, Options> = {
  ...OUT,
  plan: { type: 'boolean', describe: 'Only show what would be done, in which order' },
  verbose: {
    type: 'boolean',
    describe: 'Show what the scripts say while they run, a line for each, with its host',
  },
  'ssh-config': {
    group: 'Files:',
    type: 'string',
    requiresArg: true,
    describe: 'Configuration for ssh (default: ~/.ssh/config)',
  },
  ...LANG,
};

export const NOTIFY: Record<string, Options> = {
  ...OUT,
  report: {
    group: 'Files:',
    type: 'string',
    requiresArg: true,
    describe: 'Report to send (default: .gen-scripts/report.json)',
  },
  result: {
    type: 'string',
    requiresArg: true,
    choices: ['SUCCESS', 'UNSTABLE', 'FAILURE', 'ABORTED'],
    describe: 'Result of the build; needed when there is no report',
  },
  ...LANG,
};

export const HISTORY: Record<string, Options> = {
  format: {
    type: 'string',
    requiresArg: true,
    choices: ['text', 'json'],
    describe: 'What to print (default: text)',
  },
  last: {
    type: 'string',
    requiresArg: true,
    describe: 'How many runs, or all (default: 20; all for json)',
  },
  local: { type: 'boolean', describe: 'Times of this machine instead of UTC' },
  ...LANG,
};

export const COMPLETION: Record<string, Options> = {
  name: {
    type: 'string',
    requiresArg: true,
    describe: 'What the program is called in your shell (default: gen-scripts)',
  },
};

export const INIT: Record<string, Options> = {
  app: {
    type: 'string',
    requiresArg: true,
    describe: 'Name of the app and its container (default: the folder)',
  },
  image: { type: 'string', requiresArg: true, describe: 'Image repository, without a tag' },
  port: { type: 'string', requiresArg: true, describe: 'Published port, HOST:CONTAINER' },
  'health-url': { type: 'string', requiresArg: true, describe: 'URL that answers when a version is healthy' },
  history: { type: 'string', requiresArg: true, describe: 'History file on the host' },
  'remote-root': { type: 'string', requiresArg: true, describe: "Root folder of Jenkins' SSH server" },
  'ssh-server': { type: 'string', requiresArg: true, describe: "Name of Jenkins' SSH server" },
  lang: { type: 'string', requiresArg: true, choices: ['en', 'zh'], describe: 'Language of the comments' },
  library: {
    type: 'string',
    requiresArg: true,
    describe: "Name of Jenkins' shared library: the Jenkinsfile uses its steps",
  },
  'skip-jenkinsfile': {
    type: 'boolean',
    describe: 'Write no Jenkinsfile: a freestyle job, or a pipeline of your own',
  },
  vendor: { type: 'boolean', describe: 'Also put this CLI into the repository, as tools/gen-scripts.cjs' },
  force: { type: 'boolean', describe: 'Overwrite files that exist' },
};

/** One line a command for the overview, and examples for its own help. */
export const HELP: Record<CommandName, { describe: string; examples: readonly [string, string][] }> = {
  render: {
    describe: 'Write the scripts of this build (the default)',
    examples: [
      ['CTRL_BUILD=true BUILD_NUMBER=7 $0', 'as in a Jenkins job: build and deploy'],
      ['CTRL_BUILD=false $0', 'roll back'],
      ['$0 --git-tag v1.4.0 --env staging', 'with the settings of environments.staging'],
      ['$0 --config web.yml --config api.yml', 'two apps, in release/<app>/ each'],
    ],
  },
  preview: {
    describe: 'Print the scripts of this build, write nothing',
    examples: [
      ['$0 preview', 'all of them'],
      ['$0 preview repull.sh | less', 'one of them'],
      ['$0 preview rollback --ctrl-build false', 'what a rollback would run'],
      ['$0 preview --diff', 'what this build changes in release/'],
      ['$0 preview --against v1.4.0 --exit-code', 'drift of settings and templates since that tag'],
      ['$0 preview --serve', 'as a page, with a form of the parameters'],
      ['$0 preview --report preview', 'as files, for Jenkins'],
    ],
  },
  lint: {
    describe: 'Run our own checks and ShellCheck on every script that any build may get',
    examples: [
      ['$0 lint', 'every mode and every environment'],
      ['$0 lint --require-shellcheck', 'for CI: do not pass without ShellCheck'],
      ['$0 lint --fail-on warning --report junit=lint.xml', 'show all, fail for the worse ones'],
      ['SHELLCHECK_BIN=/opt/shellcheck $0 lint', 'with this ShellCheck'],
    ],
  },
  rehearse: {
    describe: 'Play the scripts of this build on a simulated host, with faults',
    examples: [
      ['$0 rehearse', 'what happens, and what an error or a kill at each step leaves'],
      ['$0 rehearse --thorough --report junit=rehearsal.xml', 'every fault at every call, in every shell'],
      ["$0 rehearse --scenario update --fault 'kill-before at call 8'", 'one case'],
      ['$0 rehearse --ask-host | ssh HOST sh >containers', 'what a host has'],
      ['$0 rehearse --containers containers --history history', 'this build on that host'],
      ['$0 rehearse release/', 'the scripts that lie there, whatever would be rendered now'],
    ],
  },
  validate: {
    describe: 'Check the settings, write nothing',
    examples: [
      ['$0 validate', 'every environment'],
      ['$0 validate --show', 'every value and where it comes from'],
    ],
  },
  ship: {
    describe: 'Send the scripts to their hosts by ssh and run them, host after host',
    examples: [
      ['$0 && $0 ship', 'to the hosts of gen-scripts.yml, as rollout: says'],
      ['$0 ship --plan', 'which host when'],
      ['$0 ship web1 web2', 'only to these'],
      ['CTRL_BUILD=false ROLLBACK_FROM=v2 $0 && $0 ship', 'the way back, wherever v2 runs'],
    ],
  },
  report: {
    describe: 'Say what became of this build on its hosts',
    examples: [['$0 report', 'after the SSH step; prints JSON, and a table on stderr']],
  },
  notify: {
    describe: 'Send one message about this build to a chat',
    examples: [
      ['DINGTALK_WEBHOOK=https://... $0 notify', 'about .gen-scripts/report.json'],
      ['$0 notify --result FAILURE --lang zh', 'without a report, in Chinese'],
    ],
  },
  history: {
    describe: 'Show what hosts did, from a history and its journal',
    examples: [
      ['ssh web1 cat /data/jenkins/citest_history.journal | $0 history -', 'one host'],
      ['$0 history /data/jenkins/citest_history', 'on the host: with what a rollback can go to'],
      ['$0 history web1=FILE web2=FILE', 'several: do they agree? If not, exit code 1'],
    ],
  },
  init: {
    describe: 'Write a gen-scripts.yml and a Jenkinsfile to start from',
    examples: [
      ['$0 init', 'asks on a terminal'],
      ['$0 init --app web --image registry.example.com/team/web --port 8080:80', 'asks nothing'],
      [
        '$0 init --image registry.example.com/team/web --lang zh --vendor',
        'comments in Chinese; CLI in tools/',
      ],
      ['$0 init --library gen-scripts', 'with the shared library'],
    ],
  },
  schema: {
    describe: 'Print the JSON Schema of gen-scripts.yml',
    examples: [['$0 schema > gen-scripts.schema.json', 'for the completion of an editor']],
  },
  completion: {
    describe: 'Print a completion script for bash, zsh or fish',
    examples: [
      ['eval "$($0 completion bash)"', 'in ~/.bashrc'],
      ['eval "$($0 completion zsh)"', 'in ~/.zshrc, after compinit'],
      ['$0 completion fish | source', 'in ~/.config/fish/config.fish'],
      ['eval "$(gen completion bash --name gen)"', 'where a function or alias is called gen'],
    ],
  },
};
