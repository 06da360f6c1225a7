/** The figures of inside.mjs as rows: of several rounds the median, and of each strategy beside the engine's floor. */
export function rowsOf({ gaps, lost, rollbacks, pulled }) {
  const gap = (name) => median(gaps[name]);
  const beside = (name, other, goal, [english, chinese], otherName) => ({
    what: [`outage: ${english}`, `停机：${chinese}`],
    ours: gap(name),
    other: gap(other),
    otherName,
    goal,
    unit: 'ms',
  });
  return [
    ...['recreate', 'preflight', 'handover'].flatMap((name) => [
      beside(name, 'floor', GOALS[name], [name, name], FLOOR),
      beside(
        `${name}, boots 2 s`,
        'floor, boots 2 s',
        name === 'handover' ? { ratio: 0.1 } : GOALS[name],
        [`${name}, the app boots for 2 s`, `${name}，应用启动需 2 秒`],
        FLOOR,
      ),
      beside(
        `${name}, alone`,
        'floor',
        GOALS[name],
        [`${name}, alone on its network`, `${name}，网络上没有别的容器`],
        FLOOR,
      ),
    ]),
    { what: ['outage: handover', '停机：handover'], ours: gap('handover'), goal: { most: 250 }, unit: 'ms' },
    beside(
      'floor, alone',
      'floor',
      undefined,
      ['the floor itself, alone on its network', '下限本身，网络上没有别的容器'],
      FLOOR,
    ),
    ...['preflight', 'handover'].map((name) => ({
      what: [`requests lost to a broken version: ${name}`, `有问题的版本丢失的请求：${name}`],
      ours: sum(lost[`${name}, broken`]),
      goal: { most: 0 },
    })),
    beside(
      'recreate',
      'recipe, cached',
      undefined,
      ['recreate, every layer is there', 'recreate，所有层都在'],
      RECIPE,
    ),
    beside(
      'recreate, pull at 100 Mbit/s',
      'recipe, pull at 100 Mbit/s',
      { ratio: 0.1 },
      ['recreate, 40 of 150 MB pulled at 100 Mbit/s', 'recreate，以 100 Mbit/s 拉取 150 MB 中的 40 MB'],
      RECIPE,
    ),
    beside(
      'handover, pull at 100 Mbit/s',
      'recipe, pull at 100 Mbit/s',
      { ratio: 0.1 },
      ['handover, the same pulled', 'handover，同样的拉取'],
      RECIPE,
    ),
    beside(
      'recreate',
      'recipe, pull',
      undefined,
      ['recreate, the recipe pulls without a limit', 'recreate，旧做法不限速拉取'],
      RECIPE,
    ),
    rollback('recipe, cached', { ratio: 1 }, ['every layer is there', '所有层都在']),
    rollback('recipe, pull at 100 Mbit/s', { ratio: 0.1 }, [
      'the recipe pulls at 100 Mbit/s',
      '旧做法以 100 Mbit/s 拉取',
    ]),
    {
      what: [
        'rollback to a parked container: bytes from the registry',
        '回滚到保留的容器：从镜像仓库取的字节',
      ],
      ours: sum(pulled.parked),
      goal: { most: 0 },
    },
  ];

  function rollback(other, goal, [english, chinese]) {
    return {
      what: [
        `rollback to a parked container, until it answers: ${english}`,
        `回滚到保留的容器，直到它应答：${chinese}`,
      ],
      ours: median(rollbacks.parked),
      other: median(rollbacks[other]),
      otherName: RECIPE,
      goal,
      unit: 'ms',
    };
  }
}

/** Of preflight nothing is promised but that a broken version costs nothing; it is chosen for that. */
const GOALS = { recreate: { ratio: 1.15 }, preflight: undefined, handover: { ratio: 0.7 } };
const FLOOR = ['docker stop, docker start', 'docker stop、docker start'];
const RECIPE = ['the recipe', '旧做法'];

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
