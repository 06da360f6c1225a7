import type { Facts, Way } from './runbook-step.js';
import type { Words } from './words.js';

const GO_BACK_USUALLY = '退回：停止新容器，启动旧容器，等它恢复健康';
const GO_BACK: { readonly [W in Way]?: string } = {
  preflight: `${GO_BACK_USUALLY}，并删除检查用的容器`,
  handover: '退回：把网络还给旧容器，等它恢复健康',
  swarm: '退回：Swarm 自行退回或按要求退回，等待旧版本',
};
const SWAPPING: { readonly [W in Way]?: string } = {
  handover: '端口易手：新版本应答之前，端口上没有应答',
  swarm: 'Swarm 逐个替换任务',
};

function healthAt(address: string, { timeout = '', settle = '' }: Facts): string {
  return address ? `${address}，最多 ${timeout}` : `HEALTHCHECK 最多 ${timeout}；没有则须运行 ${settle}`;
}

/** Why a strategy that has both at once is not followed, by what has to be made for it. */
const UNFIT: Readonly<Record<string, (strategy: string) => string>> = {
  '': () => '',
  both: (strategy) => `，或者其中之一不是为 ${strategy} 创建的，或者两者不在同一网络上`,
  target: (strategy) => `，或者要回到的版本不是为 ${strategy} 创建的`,
};

/** What `strategyOf` gives as the reasons of `auto`. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^it publishes ports$/, '它发布了端口'],
  [/^it publishes no port, and a proxy finds both$/, '它不发布端口，而代理能同时找到两个'],
  [
    /^it publishes no port, and nothing is known to find two .*/,
    '它不发布端口，也看不出有什么能同时找到两个',
  ],
  [/^two versions might write to its volumes$/, '两个版本可能同时写它的卷'],
  [/^two versions might use its device$/, '两个版本可能同时使用它的设备'],
  [
    /^health\.url leads to none of .*/,
    'health.url 不指向 container.ports 中的任何一个，无法用它询问另一个容器',
  ],
  [/^container\.network is (.*)/, 'container.network 是 $1'],
  [/^a certificate is for a name, .*/, '证书对应的是名字，而旧版本还在时只能用地址找到新版本'],
  [/^(--\S+) cannot be given to two versions at once$/, '$1 不能同时给两个版本'],
  [/^(--\S+) cannot be made read-only here: .*/, '$1 在这里无法改为只读挂载'],
];

function translate(why: string): string {
  const [pattern, text] = REASONS.find(([pattern]) => pattern.test(why)) ?? [/^$/, ''];
  return why.replace(pattern, text);
}

export const CHINESE: Words = {
  htmlLang: 'zh-CN',
  title: (apps) => `${apps}：构建预览`,
  mode: {
    deploy: (_, image) => `部署 ${image}`,
    manual: (_, image) => `构建并部署 ${image}`,
    rollback: (app) => `回滚 ${app}`,
  },
  skip: '跳到结果',
  sections: '章节',
  otherLanguage: 'English',
  theme: '配色',
  themes: { auto: '跟随系统', light: '浅色', dark: '深色' },
  live: '配置和模板一有改动就会重新读取。',
  form: {
    legend: '构建参数',
    start: '触发方式',
    push: '推送标签',
    hand: '手动，带参数构建',
    ctrlBuild: 'CTRL_BUILD',
    ctrlBuildHelp: '勾选：构建并部署；不勾选：回滚',
    buildNumber: '构建号',
    gitTag: 'Git 标签',
    gitTagHelp: '留空：以 git describe 为准',
    environment: '环境',
    noEnvironment: '（无）',
    rollbackTo: '回滚到',
    rollbackToHelp: '标签或历史中的一行；留空：最后一行',
    rollbackSteps: '步数',
    update: '更新',
  },
  problems: (count) => `${count} 个问题`,
  expected: '应为',
  hint: '处理办法：',
  notices: '提示',
  stopped: '按现在的配置无法生成脚本。请按这里的说明，或按下方配置中对应行的说明修改。',
  scripts: '脚本',
  scriptsHint: '指向或聚焦带下划线的值，可以看到它的来源；链接指向取值表。',
  lines: (count) => `${count} 行`,
  findings: (count) => `${count} 处检查结果`,
  noFindings: (linter) => `${linter}：没有发现问题`,
  shellCheckMissing: '没有安装 ShellCheck，只做了我们自己的检查。',
  shellCheckRuns: 'ShellCheck 仍在检查……',
  template: '来自',
  levels: { error: '错误', warning: '警告', info: '信息', style: '风格' },
  changes: '变化',
  against: (folder) => `与 ${folder}/ 中现有的脚本比较。`,
  firstRelease: (folder) => `没有可比较的内容：${folder}/ 中还没有脚本。`,
  noChanges: '没有变化。',
  changeKinds: { same: '相同', changed: '有变化', new: '新增', gone: '本次构建不生成' },
  added: '新增',
  removed: '删除',
  oldLine: '旧行号',
  newLine: '新行号',
  text: '内容',
  runbook: '运行步骤',
  runbookHint: (script) => `${script} 在主机上依次做什么；右侧是可能在哪里结束，以及退出码。`,
  runbookPicture: (script, steps) => `${script} 的流程图，共 ${steps} 步；旁边的列表用文字说明同样的内容。`,
  runbookAsList: '逐步说明',
  runbookStrategy: (strategy, why) =>
    strategy === 'swarm'
      ? '由 Swarm 替换任务。'
      : `策略：${strategy}${why && `，由 auto 选定，因为${translate(why)}`}。`,
  phases: {
    safe: (strategy) => (strategy === 'swarm' ? '服务尚未改变' : '还没有停止任何容器'),
    swap: (strategy) => SWAPPING[strategy] ?? '应用中断：从停止到第一次应答',
    after: () => '新版本已在服务，不再退回',
  },
  goBack: (strategy) => GO_BACK[strategy] ?? GO_BACK_USUALLY,
  onFailure: '失败时：',
  firstDeploy: (code) => `没有旧容器时：${code}`,
  exit: (code) => `退出码 ${code}`,
  steps: {
    credentials: () => ({ title: '取走随脚本传来的凭据', detail: '只打开一次，先于一切删除' }),
    check: () => ({ title: '检查主机', detail: '脚本属于本次构建，工具和文件齐全' }),
    lock: ({ wait }) => ({ title: '取得锁', detail: `最多等另一次运行 ${wait}` }),
    begun: () => ({ title: '记下部署开始', detail: '日志中的一行' }),
    engine: () => ({ title: '询问 docker', detail: 'Engine 20.10 或更新' }),
    recover: () => ({ title: '修复被中断的运行', detail: '如果有，完成它或撤销它' }),
    current: ({ app }) => ({ title: '找到正在运行的容器', detail: `${app}，或一个可接管的容器` }),
    login: ({ to }) => ({ title: '登录镜像仓库', detail: `${to}，仅用于拉取` }),
    pull: ({ image, limit }) => ({ title: '拉取镜像', detail: `${image}，最多 ${limit}` }),
    unchanged: () => ({ title: '是否已在运行？', detail: '镜像和设置相同且健康：完成' }),
    target: ({ to, steps }) => ({
      title: '选择版本',
      detail: to ? `历史中的 ${to}` : steps ? `退回 ${steps} 步` : '历史的最后一行',
    }),
    fetch: ({ login }) => ({
      title: '取得该版本',
      detail: login ? '停放的容器、本地镜像，或登录后拉取' : '停放的容器、本地镜像，或拉取',
    }),
    hookBefore: ({ command, limit }) => ({ title: '之前的钩子', detail: `${command}（最多 ${limit}）` }),
    prepare: () => ({ title: '写下将要做的事', detail: '新的历史和切换文件' }),
    way: ({ strategy = '', needs = '' }) => ({
      title: '新旧能否并存？',
      detail: '不能则这一次停旧启新',
      note: `如果没有正在运行的旧容器${UNFIT[needs]?.(strategy)}，这一次就像 recreate 那样先停旧容器、再启动新容器；这时出错，退出码是 11 或 12。`,
    }),
    checkNew: ({ app, probe, parked, ...limits }) => ({
      title: '在旧容器旁边检查新版本',
      detail: healthAt(probe ? `它自己地址上的 ${probe}` : '', limits),
      note: `用单独的容器 ${app}-check-…，不带端口、别名和固定地址。只在旧容器正在运行时才做${parked ? '；停放的版本在这台主机上健康过，不必检查' : ''}。`,
    }),
    create: ({ app, networks }) => ({
      title: '创建新容器',
      detail: `${app}-next-…，尚未启动${networks ? `；接入 ${networks}` : ''}`,
    }),
    stage: ({ stage }) => ({ title: '建立内部网络', detail: `${stage}：不发布端口` }),
    enterStage: () => ({ title: '把新容器移到那里', detail: '离开它自己的网络，那里的端口还被占用' }),
    startBeside: ({ stage }) => ({
      title: '在旧容器旁边启动新容器',
      detail: stage ? `在 ${stage} 上` : '在同一网络上，别名也相同',
    }),
    gateBeside: ({ probe, ...limits }) => ({
      title: '等待健康',
      detail: healthAt(probe ? `它自己地址上的 ${probe}` : '', limits),
    }),
    policies: ({ policy }) => ({
      title: '移交重启策略',
      detail: `新容器：${policy}；旧容器：no`,
      note: '断电之后，在此之前恢复的是旧容器，从此以后恢复的是新容器。',
    }),
    release: () => ({ title: '放开旧容器', detail: '重启策略改为 no：停止后不再自启' }),
    stop: ({ grace }) => ({ title: '停止并停放旧容器', detail: `宽限 ${grace}；内容全部保留` }),
    start: ({ app }) => ({ title: '启动新容器', detail: `名为 ${app}` }),
    gateUrl: ({ url = '', ...limits }) => ({ title: '等待健康', detail: healthAt(url, limits) }),
    gateImage: (limits) => ({ title: '等待健康', detail: healthAt('', limits) }),
    halt: ({ grace }) => ({ title: '停止旧容器', detail: `宽限 ${grace}：让它完成手上的请求` }),
    leave: () => ({ title: '旧容器离开它的网络', detail: '同时让出端口；它仍在运行' }),
    join: () => ({ title: '新容器加入该网络', detail: 'docker 此时发布它的端口' }),
    gateMoved: ({ url, timeout }) => ({
      title: '等它在那里应答',
      detail: url ? `${url}，最多 ${timeout}` : `HEALTHCHECK 最多 ${timeout}；没有则须在运行`,
    }),
    leaveStage: ({ stage }) => ({ title: '新容器离开内部网络', detail: `${stage}` }),
    commit: ({ file }) => ({ title: '提交', detail: `一次改名写入 ${file}` }),
    drain: ({ wait }) => ({ title: '两者同时服务', detail: `${wait}，让代理得知新容器` }),
    putAway: ({ grace, moved }) => ({
      title: '停止并停放旧容器',
      detail: `宽限 ${grace}；${moved ? '然后接回它的网络' : '内容全部保留'}`,
    }),
    name: ({ app }) => ({ title: '把名字给新容器', detail: `${app}` }),
    dropStage: ({ stage }) => ({ title: '删除内部网络', detail: `${stage}` }),
    dropCheck: () => ({
      title: '删除检查用的容器',
      detail: '在此之前，它让网络保持有人使用',
      note: '无论在哪里失败，也都会删除它；被杀的运行留下的，由下一次运行删除。',
    }),
    hookAfter: ({ command, limit }) => ({ title: '之后的钩子', detail: `${command}（最多 ${limit}）` }),
    retire: ({ retain }) => ({ title: '清理', detail: `保留 ${retain} 个停放的版本` }),
    removeOld: ({ retain }) => ({ title: '移除被回滚的版本', detail: `保留 ${retain} 个停放的版本` }),
    manager: () => ({ title: '是管理节点吗？', detail: '必须属于某个 swarm' }),
    service: ({ app }) => ({ title: '找到服务', detail: `${app}；不属于该应用的会被拒绝` }),
    nodeLogin: ({ to }) => ({ title: '登录镜像仓库', detail: `${to}，各节点也使用该登录` }),
    wayBack: () => ({
      title: '如何退回？',
      detail: '若是上一个版本，连同其设置',
      note: 'Swarm 只保留上一个版本的设置。更早的版本由一次向前的更新恢复：只换镜像，设置不变。',
    }),
    changeService: ({ app, order, rollback }) => ({
      title: rollback ? '退回服务' : '创建或更新服务',
      detail: `${app}，${order}，按摘要固定镜像`,
    }),
    converge: ({ url = '', timeout, settle }) => ({
      title: '等待所有任务健康',
      detail: url ? `且 ${url} 有应答，最多 ${timeout}` : `最多 ${timeout}`,
      note: `Swarm 报告更新完成，且每个任务都在运行；有 HEALTHCHECK 时须健康。新服务须持续运行 ${settle}。`,
    }),
    done: () => ({ title: '完成', detail: '目标版本运行正常' }),
  },
  ends: {
    untouched: '旧容器一直在运行',
    back: '退回；旧容器已恢复，运行正常',
    portBack: '退回；旧容器收回了端口，运行正常',
    noWayBack: '旧容器也没有恢复：没有正常运行的容器',
    warning: '只是警告：新版本保留',
    unsettled: 'GS172：新版本在服务；下次运行接着做',
    busy: '另一次运行持有锁',
    otherBuild: '用法错误，或脚本属于另一次构建',
    unchanged: '已在运行：无事可做',
    nothing: '没有可回滚的版本',
    stays: '每次构建只退一步：保持现状',
    unrepaired: '被中断的运行现在无法撤销',
    serviceKept: '服务从未改变',
    serviceBack: '旧版本重新运行且健康',
    serviceLost: '旧版本也没有恢复：没有健康的版本在运行',
  },
  codes: {
    0: '目标版本运行正常',
    10: '失败，旧容器一直在运行',
    11: '失败，旧容器已恢复，运行正常',
    12: '失败，没有正常运行的容器',
    13: '没有可回滚的版本',
    64: '用法错误，或脚本属于另一次构建',
    75: '另一次运行持有锁',
  },
  rehearsal: '演练',
  rehearsalHint: '在模拟的 docker 主机上运行脚本：先不出故障，再让每一次 docker 调用出错或被杀死。',
  rehearse: '演练这些脚本',
  rehearseAgain: '再演练一次',
  rehearsing: (done, of) => (of === 0 ? '演练中……' : `演练中：${done} / ${of}`),
  notRehearsed: '尚未演练。大约需要十秒，只使用一个临时目录。',
  nothingViolated: (faults, checks) => `${faults} 个故障，${checks} 项检查：没有违反任何承诺。`,
  violated: (count) => `${count} 次违反了脚本的承诺`,
  outage: (seconds) => `服务中断 ${seconds} 秒（模拟时间）。`,
  scene: (name) => SCENES[name] ?? name,
  timeline: '没有故障时，逐次调用',
  timelineColumns: ['调用', '时间', '运行中', '历史', 'docker'],
  faults: '每次调用出故障时的退出码',
  faultColumn: '故障位置',
  otherFaults: '其他',
  ending: (code, serves, history) =>
    `${code === null ? '被杀死' : `退出码 ${code}`}，${serves === undefined ? '无服务' : `${serves} 在服务`}，历史 [${history.join(', ')}]`,
  endings: '各种结局的次数',
  killed: '被杀死',
  otherShells: (shells) => `最后一个场景在其他 shell 中无故障运行，结局相同：${shells.join('、')}。`,
  values: '取值与来源',
  valueColumns: ['名称', '值', '来源', '位置'],
  source: (source) =>
    source === 'default' ? '默认值' : source.replace(/^environment (?=[\w]+$)/, '环境变量 '),
  settings: '配置',
  configHidden: '无法理解这个文件，因此只显示与问题有关的行。',
  configLine: (file, line) => `${file} 第 ${line} 行`,
  scrollable: (name) => `${name}，可滚动`,
  report: (version) => `由 gen-scripts ${version} 生成。这是一次构建的记录：不会改变任何东西。`,
};

/** As src/rehearsal/scenarios.ts names them. */
const SCENES: Readonly<Record<string, string>> = {
  'first deploy': '首次部署',
  update: '更新',
  'update to a version that does not get healthy': '更新到一个无法健康的版本',
  'rollback to a parked version': '回滚到停放的版本',
  'rollback to a version that must be pulled': '回滚到需要拉取的版本',
  'update of a host with this history': '更新具有此历史的主机',
  'rollback of a host with this history': '回滚具有此历史的主机',
};
