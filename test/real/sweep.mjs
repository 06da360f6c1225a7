import { readdirSync, rmSync } from 'node:fs';

/** An empty host, as on the first day: up, no container, image, script or history of the app; neighbours stay. */
export async function sweep({ host, app, repository, faults, neighbours }) {
  // A case that failed may have left these.
  for (const leave of host.thieves) await leave();
  if (host.isUp) await host.startEngine();
  else await host.start();
  const history = host.path('/data/jenkins');
  for (const name of readdirSync(history)) rmSync(`${history}/${name}`, { recursive: true });
  rmSync(host.path(`${host.home}/${app}`), { recursive: true, force: true });
  faults.clear();
  const all = (await host.docker('ps', '--all', '--quiet', '--no-trunc')).split('\n');
  const mine = all.filter((id) => id && !neighbours.includes(id));
  if (mine.length > 0) await host.docker('rm', '--force', '--volumes', ...mine);
  const images = await host.docker('images', '--quiet', '--filter', `reference=${repository}`);
  if (images) await host.docker('rmi', '--force', ...new Set(images.split('\n')));
}
