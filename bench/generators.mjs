import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './sources.mjs';
import { isInstalled, start } from './timing.mjs';

const PACKAGES = join(ROOT, 'bench/node_modules');

/** What each of them makes: a few lines with the app's name in three places. */
const SCRIPT = (name) =>
  `#!/bin/sh\n# deploys ${name}\ndocker pull 'registry.example.com/team/${name}'\ndocker run --name '${name}' 'registry.example.com/team/${name}'\n`;

/**
 * Programs that make a file from a template, with the template laid out in a folder: two of npm, which are installed for this alone,
 * and two of Debian, if they are here. `run` gives what to start; `skipped` says why it cannot be.
 */
export async function findGenerators(folder) {
  const npm = installPackages();
  return [
    { ...hygen(folder), skipped: npm },
    { ...plop(folder), skipped: npm },
    { ...m4(folder), skipped: isInstalled('m4') ? undefined : 'm4 is not installed' },
    {
      ...cookiecutter(folder),
      skipped: isInstalled('cookiecutter') ? undefined : 'cookiecutter is not installed',
    },
  ].map(tryOnce);
}

/** @returns {string | undefined} why they are not there: a machine without a registry is no failure */
function installPackages() {
  if (existsSync(join(PACKAGES, '.package-lock.json'))) return undefined;
  const args = ['ci', '--prefix', join(ROOT, 'bench'), '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status, error } = spawnSync('npm', args, { stdio: 'ignore', timeout: 120_000 });
  return error || status !== 0 ? 'npm ci --prefix bench failed: is there a registry?' : undefined;
}

/** One that does not work here is said to, and not measured. */
function tryOnce(generator) {
  if (generator.skipped !== undefined) return generator;
  try {
    start(...generator.run());
    if (existsSync(generator.file)) return generator;
    return { ...generator, skipped: 'it made nothing' };
  } catch (error) {
    return { ...generator, skipped: String(error.message).split('\n')[0] };
  }
}

function hygen(folder) {
  const place = join(folder, 'hygen');
  const file = join(place, 'deploy.sh');
  write(
    join(place, '_templates/deploy/new/script.ejs.t'),
    `---\nto: deploy.sh\nforce: true\n---\n${SCRIPT('<%= name %>')}`,
  );
  const args = [join(PACKAGES, 'hygen/dist/bin.js'), 'deploy', 'new', '--name', 'web'];
  return { name: 'hygen', what: 'hygen', file, run: () => fresh(file, process.execPath, args, place) };
}

function plop(folder) {
  const place = join(folder, 'plop');
  const file = join(place, 'deploy.sh');
  write(
    join(place, 'plopfile.mjs'),
    `export default (plop) => plop.setGenerator('deploy', { prompts: [{ type: 'input', name: 'name' }],
  actions: [{ type: 'add', path: 'deploy.sh', templateFile: 'deploy.hbs' }] });\n`,
  );
  write(join(place, 'deploy.hbs'), SCRIPT('{{name}}'));
  const args = [join(PACKAGES, 'plop/bin/plop.js'), 'deploy', '--', '--name', 'web'];
  return { name: 'plop', what: 'plop', file, run: () => fresh(file, process.execPath, args, place) };
}

function m4(folder) {
  const place = join(folder, 'm4');
  const file = join(place, 'deploy.sh');
  write(join(place, 'deploy.m4'), SCRIPT('NAME'));
  return {
    name: 'm4',
    what: 'm4',
    file,
    run: () => fresh(file, 'sh', ['-c', 'm4 -DNAME=web deploy.m4 >deploy.sh'], place),
  };
}

function cookiecutter(folder) {
  const place = join(folder, 'cookiecutter');
  const file = join(place, 'web/deploy.sh');
  write(join(place, 'template/cookiecutter.json'), '{ "name": "web" }\n');
  write(join(place, 'template/{{cookiecutter.name}}/deploy.sh'), SCRIPT('{{cookiecutter.name}}'));
  const args = ['--no-input', '--overwrite-if-exists', 'template'];
  return {
    name: 'cookiecutter',
    what: 'cookiecutter',
    file,
    run: () => fresh(file, 'cookiecutter', args, place),
  };
}

/** None of them overwrites unless it is asked to, each in its own way. */
function fresh(file, program, args, cwd) {
  rmSync(file, { force: true });
  return [program, args, { cwd }];
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
