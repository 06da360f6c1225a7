export const swarm = {
  async raw(cluster) {
    await cluster.job.generate(['--engine', 'docker']).catch(() => {});
    cluster.say(await cluster.host.docker('node', 'ls'));
    cluster.say(JSON.stringify(cluster.neighbourAsItWas));
  },
};
