import { lookAtHost } from './host.mjs';
import { runBuild } from './job.mjs';
import { showBuild, showHost } from './show.mjs';

/** What the checkbox is by default, which is what a tag push brings along in a job that has both. */
const push = (tag) => ({ CTRL_BUILD: 'true', gitlabSourceBranch: `refs/tags/${tag}`, gitlabUserName: 'ann' });

/** parameters: Jenkins' environment of that build. want: how it must end, or the demo has failed. */
const BUILDS = [
  { title: 'Ann pushes tag v1', tag: 'v1', parameters: push('v1'), want: { status: 0, serves: 'v1' } },
  { title: 'Ann pushes tag v2', tag: 'v2', parameters: push('v2'), want: { status: 0, serves: 'v2' } },
  {
    title: 'Ann pushes tag v3, which is broken: it starts, but never becomes healthy. Nobody notices',
    tag: 'v3',
    parameters: push('v3'),
    want: { status: 10, serves: 'v2' },
  },
  {
    title: 'Bob clears the checkbox: back to what ran before v2',
    // Without a number of steps a rollback after a failed deploy would find that there is nothing to undo.
    parameters: { CTRL_BUILD: 'false', ROLLBACK_STEPS: '1', BUILD_USER_ID: 'bob' },
    want: { status: 0, serves: 'v1' },
  },
];

/** Plays the builds one after the other in `world` and shows each; throws when one ends otherwise than it must. */
export async function tell(world, screen, signal) {
  for (const [index, build] of BUILDS.entries()) {
    const number = index + 1;
    screen.gap();
    screen.paragraph(`Build ${number} of ${BUILDS.length}: ${build.title}`, 'bold');
    const status = await play(world, screen, signal, { ...build, number });
    const host = await lookAtHost(world);
    showHost(screen, host);
    check(number, build.want, { status, serves: host.serves });
  }
}

async function play(world, screen, signal, build) {
  let status;
  screen.row('Jenkins', [{ text: assignments(build) }]);
  for await (const action of runBuild(world, build)) {
    showBuild(screen, world, action);
    status = action.status;
    signal.throwIfAborted();
  }
  return status;
}

function assignments({ number, parameters }) {
  return Object.entries({ BUILD_NUMBER: number, ...parameters })
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

function check(number, want, got) {
  for (const [name, value] of Object.entries(want)) {
    if (got[name] !== value)
      throw new Error(`build ${number}: ${name} is ${got[name]}, it should be ${value}`);
  }
}
