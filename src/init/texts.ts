import type { Answers, Language } from './answers.js';

/** Comments of the generated files and the questions; a line break starts a new comment line. */
export interface Texts {
  readonly intro: string;
  readonly app: string;
  readonly image: string;
  readonly ports: string;
  readonly env: string;
  readonly envFile: string;
  readonly volumes: string;
  readonly health: string;
  readonly history: string;
  readonly publish: string;
  readonly registry: string;
  readonly environments: string;
  readonly jenkins: string;
  readonly library: string;
  readonly checkbox: string;
  readonly scripts: string;
  readonly build: string;
  readonly deploy: string;
  readonly cleanUp: string;
  readonly questions: Questions;
}

/** One question for each answer. */
export type Questions = { readonly [name in keyof Answers]: string };

const en: Texts = {
  intro:
    'How this application is built and deployed. Every key is described in the schema named above;\ncheck this file with: COMMAND validate --show',
  app: 'Name of the container; also names its history and its labels.',
  image: 'Repository that the hosts pull from, without a tag: the tag comes from git.',
  ports: 'HOST:CONTAINER, as for `docker run --publish`.',
  env: 'Environment of the container. No secrets here: this file is in git.',
  envFile: 'For secrets: a file on the host, as for `docker run --env-file`.',
  volumes: 'HOST:CONTAINER, as for `docker run --volume`.',
  health:
    'A new version must answer here before the old one is given up; probed from the host. Without a url the HEALTHCHECK\nof the image decides, and without that: the container still runs after `settle`.',
  history: 'On the host: one line per update, the newest last. A rollback takes the last line.',
  publish:
    "The SSH server's root folder as configured in Jenkins, and the folder below it that receives the scripts.",
  registry: 'How the host logs in to the registry: none (already logged in), file, shipped.',
  environments: 'Chosen with --env NAME or GEN_SCRIPTS_ENV: maps are merged, lists are replaced.',
  jenkins:
    'Builds and deploys, or rolls back when CTRL_BUILD is unticked. Needs the plugins Pipeline, Git and Publish over SSH.',
  library:
    'Builds and deploys, or rolls back when CTRL_BUILD is unticked. Steps and CLI come from the shared library that\nJenkins knows by this name. Needs the plugins Pipeline, Git and Publish over SSH.',
  checkbox: 'build and deploy; unticked: roll back',
  scripts:
    'Compiles gen-scripts.yml and the parameters of this build into release/*.sh; a rollback has no build.sh.',
  build: 'Builds the image and pushes it.',
  deploy:
    'The command must stay constant: Jenkins would paste build parameters into it unquoted. auto.sh is repull.sh or\nrollback.sh, whichever the checkbox chose, and refuses to run for another build. Nothing may follow this stage: a\nfailure here marks the build as failed, but it does not stop it.',
  cleanUp: 'With `registry.login: shipped` the credentials lie here after the transfer. Never archive them.',
  questions: {
    app: 'Name of the application and its container',
    image: 'Image repository, without a tag',
    port: 'Published port, HOST:CONTAINER (empty: none)',
    healthUrl: 'URL that answers when a version is healthy, as seen from the host (empty: none)',
    history: 'History file on the host',
    remoteRoot: 'Root folder of the SSH server in Jenkins (Remote Directory)',
    sshServer: 'Name of the SSH server in Jenkins',
  },
};

const zh: Texts = {
  intro: '本应用如何构建和部署。每个键的说明见上面的 schema；\n检查本文件：COMMAND validate --show',
  app: '容器名，也用于历史文件名和标签。',
  image: '主机拉取镜像的仓库地址，不带标签：标签来自 git。',
  ports: '主机端口:容器端口，写法同 `docker run --publish`。',
  env: '容器的环境变量。本文件在 git 里，不要写密码。',
  envFile: '密码等放在主机上的文件里，写法同 `docker run --env-file`。',
  volumes: '主机路径:容器路径，写法同 `docker run --volume`。',
  health:
    '新版本必须先在这个地址正常应答，旧版本才会被放弃；从主机上探测。不写 url 时由镜像的 HEALTHCHECK 判断；\n镜像也没有时：过了 `settle` 容器仍在运行即可。',
  history: '在主机上：每次更新记一行，最新的在最后。回滚取最后一行。',
  publish: 'Jenkins 里 SSH 服务器配置的根目录，以及其下接收脚本的目录。',
  registry: '主机如何登录镜像仓库：none（已登录）、file、shipped。',
  environments: '用 --env 名称 或 GEN_SCRIPTS_ENV 选择：映射合并，列表替换。',
  jenkins: '构建并部署；不勾选 CTRL_BUILD 则回滚。需要插件 Pipeline、Git 和 Publish over SSH。',
  library:
    '构建并部署；不勾选 CTRL_BUILD 则回滚。步骤和 CLI 来自 Jenkins 中以此命名的共享库。\n需要插件 Pipeline、Git 和 Publish over SSH。',
  checkbox: '构建并部署；不勾选：回滚',
  scripts: '把 gen-scripts.yml 和本次构建的参数编译成 release/*.sh；回滚时没有 build.sh。',
  build: '构建镜像并推送。',
  deploy:
    '这条命令必须保持不变：Jenkins 会把构建参数不加引号地替换进去。auto.sh 就是 repull.sh 或 rollback.sh，\n由复选框决定；别的构建生成的 auto.sh 会拒绝执行。此阶段必须是最后一个：\n这里失败只会把构建标记为失败，不会中止构建。',
  cleanUp: '使用 `registry.login: shipped` 时，传输后凭据仍留在这里。切勿归档。',
  questions: {
    app: '应用名（也是容器名）',
    image: '镜像仓库地址，不带标签',
    port: '发布的端口，主机端口:容器端口（留空：无）',
    healthUrl: '版本健康时会应答的 URL，从主机上访问（留空：无）',
    history: '主机上的历史文件',
    remoteRoot: 'Jenkins 里 SSH 服务器的根目录（Remote Directory）',
    sshServer: 'Jenkins 里 SSH 服务器的名称',
  },
};

export function textsIn(language: Language): Texts {
  return { en, zh }[language];
}
