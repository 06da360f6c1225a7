import { run, start, until } from './process.mjs';

/** A process on `host` that listens on `port`, outside of any container. `leave` ends it. */
export async function openThief(host, port) {
  const inside = ['--target', String(host.init), '--net'];
  const listen = [process.execPath, '-e', `require('node:net').createServer().listen(${port})`];
  const { child, ended } = start('nsenter', [...inside, ...listen], { limit: 120_000 });
  const leave = async () => {
    host.thieves.delete(leave);
    child.kill('SIGKILL');
    await ended;
  };
  host.thieves.add(leave);
  const look = () => run('nsenter', [...inside, 'ss', '-ltnH', `sport = :${port}`]);
  await until(`a thief of port ${port}`, async () => (await look()).stdout !== '');
  return { leave };
}
