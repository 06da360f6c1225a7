import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from './process.mjs';

const applets = ['sh', 'wget', 'httpd', 'sleep', 'hostname', 'rm'];

/**
 * How each tag of the application behaves. `good` serves and is healthy; `slow` only after a second, `slow2` after two, `late` after twenty;
 * `sick` serves but is never healthy; `crash` ends at once, `flap` soon and again and again; `moody` is healthy every other
 * moment; `deaf` does not hear SIGTERM, `grim` does not either and is sick; `needy` asks $DATABASE before it serves.
 */
export const versions = {
  ...{
    v1: 'good',
    v2: 'good',
    v3: 'good',
    slow: 'slow',
    slow2: 'slow2',
    late: 'late',
    sick: 'sick',
    crash: 'crash',
  },
  ...{ flap: 'flap', moody: 'moody', deaf: 'deaf', grim: 'grim', needy: 'needy' },
};

const quickCheck = { timeout: '2s', retries: 3 };

/**
 * The application's git repository in `workspace` on the agent: one commit and one tag a version.
 * ballast: { base, changed }, megabytes that make the image bigger, the same in each version and others in each; or undefined
 * check: { timeout, retries } of the HEALTHCHECK; left out: it gives up soon
 */
export async function makeRepository(agent, workspace, config, { ballast, check = quickCheck }) {
  const git = (...args) => agent.inside('git', args, { user: agent.user, cwd: workspace });
  mkdirSync(agent.path(workspace), { recursive: true });
  layOutImage(agent.path(join(workspace, 'rootfs')));
  writeFileSync(agent.path(join(workspace, 'gen-scripts.yml')), config);
  writeFileSync(agent.path(join(workspace, 'serve')), serve);
  writeFileSync(agent.path(join(workspace, '.gitignore')), 'release/\nballast/\n');
  if (ballast !== undefined) await makeBallast(agent.path(join(workspace, 'ballast')), ballast);
  await agent.inside('chown', ['-R', `${agent.user}:${agent.user}`, workspace]);
  await git('init', '-q', '-b', 'main');
  await git('config', 'user.name', 'Test');
  await git('config', 'user.email', 'test@example.com');
  for (const [version, mode] of Object.entries(versions)) {
    writeFileSync(agent.path(join(workspace, 'Dockerfile')), dockerfile(version, mode, ballast, check));
    writeFileSync(
      agent.path(join(workspace, '.dockerignore')),
      `.git\nballast\n!ballast/base\n!ballast/${version}\n`,
    );
    await git('add', '--all');
    const { status, output } = await git('commit', '-q', '-m', `Version ${version}`);
    if (status !== 0) throw new Error(`git commit: ${output}`);
    await git('tag', version);
  }
}

function layOutImage(folder) {
  for (const name of ['bin', 'www/cgi-bin', 'tmp']) mkdirSync(join(folder, name), { recursive: true });
  // git does not keep empty folders
  for (const name of ['www', 'tmp']) writeFileSync(join(folder, name, '.keep'), '');
  writeFileSync(join(folder, 'www/cgi-bin/second'), second, { mode: 0o755 });
  copyFileSync('/bin/busybox', join(folder, 'bin/busybox'));
  chmodSync(join(folder, 'bin/busybox'), 0o755);
  for (const name of applets) symlinkSync('busybox', join(folder, 'bin', name));
}

/** Files that no compression makes smaller; outside of git. */
async function makeBallast(folder, { base, changed }) {
  mkdirSync(folder);
  const sizes = [['base', base], ...Object.keys(versions).map((version) => [version, changed])];
  for (const [name, megabytes] of sizes)
    await must('dd', ['if=/dev/urandom', `of=${join(folder, name)}`, 'bs=1M', `count=${megabytes}`]);
}

/** No base image, so that nothing is fetched. The server is a child of a shell, which hears TERM. */
function dockerfile(version, mode, ballast, { timeout, retries }) {
  const [same, other] = ballast
    ? ['COPY ballast/base /base\n', `COPY ballast/${version} /changed\n`]
    : ['', ''];
  return `FROM scratch
${same}COPY rootfs/ /
${other}ENV VERSION=${version} MODE=${mode}
EXPOSE 80
HEALTHCHECK --interval=250ms --timeout=${timeout} --start-period=${mode === 'late' ? 30 : 3}s --retries=${retries} \\
  CMD ["/bin/wget", "-q", "-O", "/dev/null", "http://127.0.0.1:80/healthz"]
COPY serve /serve
CMD ["/bin/sh", "/serve"]
`;
}

/** A request that takes a second. */
const second = `#!/bin/sh
sleep 1
printf 'Content-Type: text/plain\\r\\n\\r\\n'
echo "$VERSION"
`;

/**
 * What runs in the container. On TERM it takes requests for another $LINGER seconds, for whoever has not heard that it goes; then it
 * finishes those that it has, as an app should: each is a process of the server. A sleep in the background, because a shell hears
 * TERM only after what runs in front.
 */
const serve = `server=''
leave() {
	[ -z "$LINGER" ] || sleep "$LINGER"
	kill $server
	left=30
	while sleep 0.1; [ $((left -= 1)) -gt 0 ] && serves; do :; done
	exit 0
}
serves() {
	for file in /proc/[0-9]*/comm; do
		read -r name <$file && [ "$name" = httpd ] && return 0
	done 2>/dev/null
	return 1
}
case $MODE in deaf | grim) trap '' TERM INT ;; *) trap leave TERM INT ;; esac
pause() { sleep "$1" & wait $!; }
case $MODE in
crash) echo "version $VERSION cannot start"; exit 1 ;;
flap) pause 0.2; exit 1 ;;
slow) pause 1 ;;
slow2) pause 2 ;;
late) pause 20 ;;
needy) until wget -q -O /dev/null "http://$DATABASE/"; do pause 0.1; done ;;
esac
echo "$VERSION" >/www/version
echo "$VERSION" >/www/index.html
hostname >/www/container
case $MODE in sick | grim) ;; *) echo ok >/www/healthz ;; esac
echo "version $VERSION serves"
httpd -f -p 80 -h /www &
server=$!
while [ "$MODE" = moody ]; do
\tpause 0.4
\trm /www/healthz
\tpause 0.8
\techo ok >/www/healthz
done
wait
`;
