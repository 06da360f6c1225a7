import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from './process.mjs';

/** The application's versions; v3 has lost the page by which docker sees that it is well. */
const VERSIONS = [
  { tag: 'v1', isWell: true },
  { tag: 'v2', isWell: true },
  { tag: 'v3', isWell: false },
];

/** Makes the application's git repository in `folder`: one commit and one tag a version. */
export async function makeRepository(folder, world) {
  const git = (...args) => must('git', args, { cwd: folder, env: world.agent });
  mkdirSync(join(folder, 'www'), { recursive: true });
  writeFileSync(join(folder, 'gen-scripts.yml'), settings(world));
  writeFileSync(join(folder, '.gitignore'), 'release/\nbusybox\n');
  // No template: it might bring hooks.
  await git('init', '--quiet', '--template=');
  await git('config', 'user.name', 'Demo');
  await git('config', 'user.email', 'demo@example.com');
  for (const version of VERSIONS) {
    writeVersion(folder, version, world.base);
    await git('add', '--all');
    await git('commit', '--quiet', '--message', `Version ${version.tag}`);
    await git('tag', version.tag);
  }
}

function writeVersion(folder, { tag, isWell }, base) {
  const page = join(folder, 'www/healthy');
  writeFileSync(join(folder, 'Dockerfile'), dockerfile(base, isWell));
  writeFileSync(join(folder, 'www/index.html'), `${tag}\n`);
  if (isWell) writeFileSync(page, 'yes\n');
  else rmSync(page);
}

/** The engine looks into the container; the simulated one cannot, a comment tells it. */
function dockerfile(base, isWell) {
  return `${base}
COPY www /www
EXPOSE 80
# simulator: ${isWell ? 'ready=800' : 'unhealthy'}
HEALTHCHECK --interval=250ms --timeout=2s --retries=3 CMD ["/bin/busybox", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1/healthy"]
CMD ["/bin/busybox", "sh", "-c", "trap 'exit 0' TERM; /bin/busybox httpd -f -h /www & wait"]
`;
}

/** JSON strings are YAML strings. */
function settings({ app, image, port, inbox, history }) {
  return `app: ${app}
image: ${image}
container:
  ports: ["${port}:80"]
health: { timeout: 20s }
stopTimeout: 5s
history: { file: ${JSON.stringify(history)} }
publish: { remoteRoot: ${JSON.stringify(inbox)}, remoteDirectory: ${app} }
`;
}
