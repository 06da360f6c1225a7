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
  await pack(join(folder, 'proxy'), archive);
  await withNetwork(host, 'front', async () => {
    await host.docker('import', archive, 'proxy:1');
    const options = ['--detach', '--restart', 'always', '--name', 'front-proxy', '--network', 'front'];
    const command = ['/usr/sbin/nginx', '-c', '/nginx.conf'];
    const id = await host.docker('run', ...options, '--publish', '8080:80', 'proxy:1', ...command);
    lane.neighbours = [...neighbours, id];
    try {
      await action();
    } finally {
      lane.neighbours = neighbours;
    }
  });
}

async function pack(folder, archive) {
  const { stdout } = await must('ldd', ['/usr/sbin/nginx']);
  const files = ['/usr/sbin/nginx', ...stdout.match(/\/\S+/g)];
  for (const file of files) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    cpSync(file, join(folder, file), { dereference: true });
  }
  for (const name of ['tmp', 'etc', 'var/log/nginx']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'etc/passwd'), 'root:x:0:0::/:/bin/sh\n');
  writeFileSync(join(folder, 'etc/group'), 'root:x:0:\n');
  writeFileSync(join(folder, 'nginx.conf'), settings);
  await must('tar', ['-C', folder, '-cf', archive, '.']);
}

/** A name in a variable is asked anew when its second is over; without one nginx asks once, when it starts. */
const settings = `daemon off;
user root;
pid /tmp/nginx.pid;
error_log stderr;
events {}
http {
	access_log off;
	${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path /tmp/${name};`).join('\n\t')}
	resolver 127.0.0.11 valid=1s ipv6=off;
	server {
		listen 80 backlog=4096;
		set $app web;
		location / {
			proxy_pass http://$app:80;
			proxy_connect_timeout 1500ms;
		}
	}
}
`;
