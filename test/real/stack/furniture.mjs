import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { searchPath } from './host.mjs';
import { must } from './process.mjs';

const userId = 1500;

/** What an administrator sets up once on a docker host: a user who may use docker, SSH by key, tools and folders. */
export async function furnish(host) {
  addUser(host);
  for (const path of [host.home, '/var/lib/faults']) mkdirSync(host.path(path), { recursive: true });
  const owner = host.user === 'root' ? '0:0' : `${userId}:${userId}`;
  await must('chown', [owner, host.path(host.home), host.path('/data/jenkins')]);
  chmodSync(host.path('/tmp'), 0o1777);
  chmodSync(host.path('/var/lib/faults'), 0o777); // no sticky bit: the injector removes the plan that the test wrote
  linkPrograms(host);
  serveSsh(host);
}

function addUser(host) {
  const groups = readFileSync(host.path('/etc/group'), 'utf8').replace(/^docker:.*\n/m, '');
  writeFileSync(host.path('/etc/group'), `${groups}docker:x:1499:${host.user}\n`);
  if (host.user === 'root') return;
  appendFileSync(host.path('/etc/group'), `${host.user}:x:${userId}:\n`);
  appendFileSync(host.path('/etc/passwd'), `${host.user}:x:${userId}:${userId}::${host.home}:/bin/sh\n`);
}

/** /opt/fault/docker is what scripts call; /opt/client/docker is what it passes calls to. */
function linkPrograms(host) {
  for (const name of ['/opt/fault', '/opt/client']) mkdirSync(host.path(name), { recursive: true });
  copyFileSync(join(import.meta.dirname, 'docker-fault.sh'), host.path('/opt/fault/docker'));
  chmodSync(host.path('/opt/fault/docker'), 0o755);
  linkClient(host, host.client);
  rmSync(host.path('/usr/bin/sh'), { force: true });
  symlinkSync(host.shell, host.path('/usr/bin/sh'));
}

/** From now on scripts call this docker client. */
export function linkClient(host, client) {
  rmSync(host.path('/opt/client/docker'), { force: true });
  symlinkSync(client, host.path('/opt/client/docker'));
}

function serveSsh(host) {
  const folder = host.path('/etc/ssh');
  copyFileSync(host.keys.hostKey, join(folder, 'test_host_key'));
  chmodSync(join(folder, 'test_host_key'), 0o600);
  writeFileSync(join(folder, 'test_authorized_keys'), readFileSync(`${host.keys.clientKey}.pub`));
  const settings = [
    'ListenAddress 0.0.0.0', // its address comes later than the server,
    'HostKey /etc/ssh/test_host_key',
    'AuthorizedKeysFile /etc/ssh/test_authorized_keys',
    'PidFile none',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    'Subsystem sftp internal-sftp',
    `SetEnv PATH=${searchPath}`,
  ];
  writeFileSync(join(folder, 'test_config'), `${settings.join('\n')}\n`);
}
