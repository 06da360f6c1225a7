import { mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { must, run } from './process.mjs';
import { makeEnvironment, SIMULATOR } from './surroundings.mjs';

/**
 * A Jenkins agent and a docker host, each with a simulated docker, and the registry between them.
 *
 * -> a world: { app, image, port, base (the Dockerfile's first lines), workspace, inbox, history (paths), agent, host
 * (environments), serves() (what answers on the port) }
 */
export async function simulate(folder) {
  const common = makeEnvironment(folder);
  const PATH = [SIMULATOR, common.PATH].join(delimiter);
  const side = (name) => ({
    ...common,
    PATH,
    SIM_STATE: join(folder, name),
    SIM_REGISTRY: join(folder, 'registry'),
  });
  const [agent, host] = [side('agent-docker'), side('host-docker')];
  for (const env of [agent, host]) await must('simctl', ['init'], { env });
  mkdirSync(join(folder, 'host'));
  return {
    app: 'hello',
    image: 'registry.example.com/hello',
    port: 8080,
    base: 'FROM busybox',
    workspace: join(folder, 'workspace'),
    inbox: join(folder, 'host'),
    history: join(folder, 'host/hello_history'),
    agent,
    host,
    serves: () => ask('http://127.0.0.1:8080/', host),
  };
}

async function ask(url, env) {
  const { status, stdout } = await run('curl', ['-fsS', url], { env });
  return status === 0 ? stdout.trim() : undefined;
}
