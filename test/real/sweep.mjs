import { readdirSync, rmSync } from 'node:fs';

/** An empty host, as on the first day: up, no container, image, script or history of the app; neighbours stay. */
export async function sweep(place) {
  const { host, repository, neighbours } = place;
  await wake(host);
  forget(place);
  const all = (await host.docker('ps', '--all', '--quiet', '--no-trunc')).split('\n');
  const mine = all.filter((id) => id && !neighbours.includes(id));
  if (mine.length > 0) await host.docker('rm', '--force', '--volumes', ...mine);
  await removeImages(host, repository);
}

/** Whatever a case that failed has left: a thief, no engine, no power. */
export async function wake(host) {
  for (const leave of host.thieves) await leave();
  if (host.isUp) await host.startEngine();
  else await host.start();
}

/** Neither scripts nor history of the app, no plan of a fault. */
export function forget({ host, app, faults }) {
  const history = host.path('/data/jenkins');
  for (const name of readdirSync(history)) rmSync(`${history}/${name}`, { recursive: true });
  rmSync(host.path(`${host.home}/${app}`), { recursive: true, force: true });
  faults.clear();
}

export async function removeImages(host, repository) {
  const images = await host.docker('images', '--quiet', '--filter', `reference=${repository}`);
  if (images) await host.docker('rmi', '--force', ...new Set(images.split('\n')));
}
