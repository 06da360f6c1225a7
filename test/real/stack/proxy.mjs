import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withNetwork } from './network.mjs';
import { must } from './process.mjs';

/**
 * Runs `action` while nginx, in a container made of this machine's files, stands on the network `front` of a lane's host,
 * publishes port 8080 and passes requests on to whatever docker's DNS knows as `web` at that moment.
 */
export async function behindProxy(lane, action) {
  const { host, folder, neighbours } = lane;
  const archive = join(folder, 'proxy.tar');
  await packProxy(join(folder, 'proxy'), archive, { name: 'web', limit: '1500ms' });
  await withNetwork(host, 'front', async () => {
    await host.docker('import', archive, 'proxy:1');
    const options = ['--detach', '--restart', 'always', '--name', 'front-proxy', '--network', 'front'];
    const id = await host.docker('run', ...options, '--publish', '8080:80', 'proxy:1', ...nginx);
    lane.neighbours = [...neighbours, id];
    try {
      await action();
    } finally {
      lane.neighbours = neighbours;
    }
  });
}

/** The command of a container of what `packProxy` packs. */
export const nginx = ['/usr/sbin/nginx', '-c', '/nginx.conf'];

/** Makes `archive`, nginx and what it needs; it passes requests on to `name`, and waits `limit` for a connection to one of its addresses. */
export async function packProxy(folder, archive, { name, limit }) {
  const { stdout } = await must('ldd', ['/usr/sbin/nginx']);
  const files = ['/usr/sbin/nginx', ...stdout.match(/\/\S+/g)];
  for (const file of files) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    cpSync(file, join(folder, file), { dereference: true });
  }
  for (const part of ['tmp', 'etc', 'var/log/nginx']) mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(join(folder, 'etc/passwd'), 'root:x:0:0::/:/bin/sh\n');
  writeFileSync(join(folder, 'etc/group'), 'root:x:0:\n');
  writeFileSync(join(folder, 'nginx.conf'), settings(name, limit));
  await must('tar', ['-C', folder, '-cf', archive, '.']);
}

/** A name in a variable is asked anew when its second is over; without one nginx asks once, when it starts. */
const settings = (name, limit) => `daemon off;
user root;
pid /tmp/nginx.pid;
error_log stderr;
events { worker_connections 4096; }
http {
	access_log off;
	${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path /tmp/${kind};`).join('\n\t')}
	resolver 127.0.0.11 valid=1s ipv6=off;
	server {
		listen 80 backlog=4096;
		set $app ${name};
		location / {
			proxy_pass http://$app:80;
			proxy_connect_timeout ${limit};
		}
	}
}
`;
