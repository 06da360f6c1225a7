#!/usr/bin/env node
/**
 * `npm run demo`: an application is built, deployed, broken, and rolled back, on a simulated docker host.
 * Needs Node 20 and git: no install, no network, no docker, no root. Makes one temporary folder and removes it.
 *
 * usage: npm run demo -- [--real] [--keep]
 *   --real   on the docker of this machine instead; what was made there is removed afterwards
 *   --keep   leaves the folder with the application, the scripts and the host's files, and says where it is
 * exit: 0 done, 1 something went otherwise than it should, 2 something is missing or mistyped
 */
const OLDEST_NODE = 20;

// Older versions could not even load what follows.
if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.error(`demo: needs Node.js ${OLDEST_NODE} or later, this is ${process.versions.node}`);
  process.exitCode = 2;
} else {
  import('./demo/main.mjs').then(({ main }) => main(process.argv.slice(2)));
}
