#!/usr/bin/env node
/**
 * The real stack: git, engine, registry with a password, SSH, Jenkins' environment; see README.md here.
 *
 * usage: node test/real/run.mjs [--verbose] [--thorough] [--measured] [--record] [PART-OF-A-CASE-NAME...]
 * --verbose shows what was said in cases that passed, too; --thorough interrupts every strategy at every change;
 * --measured also tells how long nothing answers and what is lost, and goes before whatever else this machine does.
 * --record keeps what the engine does for `npm test`, see contract.mjs. Needs root on Linux, and what `needs` lists. The last line is `N passed, N failed, N skipped`.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openBench, openCluster, openFleet } from './bench.mjs';
import { adoption } from './cases/adoption.mjs';
import { deploys } from './cases/deploys.mjs';
import { disks } from './cases/disks.mjs';
import { engine } from './cases/engine.mjs';
import { failures, patience } from './cases/failures.mjs';
import { afterwards, handover } from './cases/handover.mjs';
import { interruptions } from './cases/interruptions.mjs';
import { options } from './cases/options.mjs';
import { outcomes } from './cases/outcomes.mjs';
import { pair } from './cases/pair.mjs';
import { ports, takenPorts } from './cases/ports.mjs';
import { proxy } from './cases/proxy.mjs';
import { registry, slowRegistry } from './cases/registry.mjs';
import { strategies, withoutNeighbours } from './cases/strategies.mjs';
import { survival } from './cases/survival.mjs';
import { swarm } from './cases/swarm.mjs';
import { troubles } from './cases/troubles.mjs';
import { findsPlantedLeaks } from './planted.mjs';
import { Report } from './report.mjs';
import { allPlaces, keepsSecret, placesOf } from './secrets.mjs';
import { run } from './stack/process.mjs';
import { Registry } from './stack/registry.mjs';
import { enter, insideFolder, runInside } from './stack/sandbox.mjs';

const needs =
  'unshare nsenter setpriv pivot_root pgrep ip iptables mount dockerd docker docker-registry htpasswd sshd ssh sftp ssh-keygen ' +
  'busybox dash bash flock git tar awk grep curl pidof mkfs.ext4 nginx';
const wanted = process.argv.slice(2);
/** Outages and lost requests: figures of a machine that has nothing else to do. */
const isMeasured = wanted.includes('--measured');
/** Both versions at once; on each host where outages are measured. */
const besides = { ...proxy, ...handover };
process.exitCode = insideFolder ? await testInside() : await testOutside();
if (insideFolder) process.exit();

async function testOutside() {
  const missing = whatIsMissing();
  if (missing === '') return runInside(fileURLToPath(import.meta.url), wanted);
  const strict = process.env.CI === 'true';
  console.log(`${strict ? 'FAILED' : 'SKIPPED'}  the real stack: ${missing}`);
  console.log(`0 passed, ${strict ? 1 : 0} failed, ${strict ? 0 : 1} skipped`);
  return strict ? 1 : 0;
}

function whatIsMissing() {
  if (process.platform !== 'linux') return 'it needs Linux';
  if (process.getuid() !== 0) return 'it needs root, for namespaces and a docker engine of its own';
  const folders = [...process.env.PATH.split(':'), '/usr/sbin', '/sbin'];
  const absent = needs
    .split(' ')
    .filter((name) => !folders.some((folder) => existsSync(`${folder}/${name}`)));
  return absent.length > 0 ? `not installed: ${absent.join(' ')}` : '';
}

async function testInside() {
  process.env.PATH += ':/usr/sbin:/sbin';
  const report = new Report(wanted);
  await enter(insideFolder);
  const bench = await openBench(insideFolder);
  report.note(`docker clients ${bench.clients.map(({ version }) => version).join(' and ')}`);
  if (bench.clients.length < 2) report.note('a second docker client is not on PATH: both hosts use the same');
  await Promise.all([...bench.lanes.map((lane) => runLane(lane, report, bench)), runSeveral(report, bench)]);
  for (const [name, run] of Object.entries(pair)) {
    await report.run(name, bench.lanes[0], () => run(bench.lanes));
  }
  await contracts(bench, report);
  await secrecy(bench, report);
  return report.finish();
}

/** What does not depend on how a host is set up is tried on one of them. */
async function runLane(lane, report, bench) {
  const onBoth = {
    ...deploys,
    ...failures,
    ...registry,
    ...ports,
    ...disks,
    ...outcomes,
    ...interruptions,
    ...engine,
    ...(isMeasured ? { ...strategies, ...besides } : {}),
    ...survival,
  };
  const onOne = Object.entries({
    ...patience,
    ...slowRegistry,
    ...takenPorts,
    ...options,
    ...adoption,
    ...(isMeasured ? withoutNeighbours : besides),
    ...afterwards,
  });
  const cases = [...Object.entries(onBoth), ...onOne.filter((_, index) => index % 2 === lane.parity)];
  for (const [name, run] of cases) await runCase(`${lane.app}: ${name}`, lane, run, report, bench);
}

function runCase(name, unit, run, report, bench) {
  return report.run(name, unit, async () => {
    await unit.reset();
    await run(unit);
    unit.job.close();
    await keepsSecret(bench, placesOf(unit));
  });
}

/** What needs several hosts, beside the lanes; those are there only when a case wants them. */
async function runSeveral(report, bench) {
  await runOn(openFleet, 'fleet', troubles, report, bench);
  await runOn(openCluster, 'swarm', swarm, report, bench);
}

async function runOn(open, what, all, report, bench) {
  const cases = Object.entries(all).filter(([name]) => report.wants(`${what}: ${name}`));
  if (cases.length === 0) return;
  const unit = await open(bench);
  for (const [name, run] of cases) await runCase(`${what}: ${name}`, unit, run, report, bench);
  await unit.close();
}

async function secrecy(bench, report) {
  const [lane] = bench.lanes;
  await report.run('the password is in no file, argument list or environment', lane, async () => {
    for (const { job } of bench.lanes) job.close();
    assert.deepEqual(bench.watch.take(), []);
    await keepsSecret(bench, allPlaces(bench));
  });
  await report.run('and would be found in each of them', lane, () => findsPlantedLeaks(bench));
  bench.watch.stop();
}

/** The simulated docker and the engine agree, with each client, and as a swarm of one node. The agent's engine has no containers by now. */
async function contracts({ clients, agent, folder }, report) {
  const open = new Registry(folder, 5003, '');
  const locked = new Registry(folder, 5004, 's3cret'); // contract.mjs names it
  for (const registry of [open, locked]) await registry.prepare().then(() => registry.start());
  const recording = wanted.filter((word) => word === '--record');
  const registries = { CONTRACT_REGISTRY: open.address, CONTRACT_PRIVATE: locked.address };
  for (const [other, program] of Object.entries({ engine: 'contract.mjs', swarm: 'swarm-contract.mjs' }))
    for (const [index, { version, path }] of clients.entries()) {
      const said = { transcript: '' };
      await report.run(`the simulator agrees with the ${other}, client ${version}`, said, async () => {
        const env = { ...process.env, ...registries, DOCKER_HOST: agent.socket, CONTRACT_CLIENTS: path };
        const file = fileURLToPath(new URL(program, import.meta.url));
        const flags = index === 0 ? recording : [];
        const { status, output } = await run(process.execPath, [file, ...flags], { env, limit: 300_000 });
        said.transcript = output;
        assert.equal(status, 0, `exit status of ${program}`);
      });
    }
}
