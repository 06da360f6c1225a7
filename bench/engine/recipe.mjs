import { writeFileSync } from 'node:fs';

/**
 * The old recipe's steps, with the port that its users add: what ran goes into the history, is killed, its image is removed by
 * force, and another one is pulled and run. The password is where the recipe has it.
 */
const REPLACE = `docker ps | grep "$app" | awk '{ print $1 }' | xargs -r docker kill
docker images | grep "$app" | awk '{ print $1 ":" $2 }' | xargs -r docker rmi -f
docker login --username=ci --password="$password" "$registry"
docker pull "$image"
docker run -d -p 8080:80 "$image"
`;

const STEPS = {
  deploy: `docker ps | grep "$app" | awk '{ print $2 }' >>"$history"
${REPLACE}`,
  rollback: `image=$(tail -n 1 "$history")
sed -i '$d' "$history"
${REPLACE}`,
};

/** Puts the recipe's script on the host, as its job does. Returns the command that runs it. */
export function sendRecipe({ host, app, registry, password }, kind, image = '') {
  const values = { app, registry: registry.address, password, image };
  const history = '/data/jenkins/recipe_history';
  const assigned = Object.entries({ ...values, history }).map(([name, value]) => `${name}='${value}'\n`);
  writeFileSync(host.path('/tmp/recipe.sh'), `${assigned.join('')}${STEPS[kind]}`);
  return 'sh /tmp/recipe.sh';
}
