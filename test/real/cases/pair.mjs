import { ended, stands } from '../checks.mjs';

export const pair = {
  async 'one build on two hosts, one after the other'([first, second]) {
    await Promise.all([first.reset(), second.reset()]);
    const { app, repository, job } = first;
    const places = [first, { app, repository, host: second.host, neighbours: second.neighbours }];
    for (const tag of ['v1', 'v2']) {
      await job.build(tag);
      for (const { host } of places) {
        await job.ship(host);
        ended(await job.exec(host), 0);
      }
    }
    for (const place of places) await stands(place, 'v2', ['v1']);
    await job.rollback();
    for (const { host } of places) {
      await job.ship(host);
      ended(await job.exec(host), 0);
    }
    for (const place of places) await stands(place, 'v1', []);
  },
};
