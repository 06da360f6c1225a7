/**
 * Preloaded into a run of the bundle (`node --require`): writes what it did into the file COUNTS as JSON: parts of the bundle that
 * were evaluated, Node.js' own modules that were loaded, files that were opened (with what for), and programs started.
 */
const childProcess = require('node:child_process');
const fs = require('node:fs');
const { Module } = require('node:module');
const vm = require('node:vm');

const counts = { parts: [], modules: new Set(), opened: [], missing: 0, started: [] };

/** Calls through, and hears of how it ended. */
function listen(object, name, hear) {
  const original = object[name];
  object[name] = function (...args) {
    let result;
    try {
      result = original.apply(this, args);
    } catch (error) {
      hear(args, error);
      throw error;
    }
    if (typeof result?.then === 'function')
      result.then(
        () => hear(args),
        (error) => hear(args, error),
      );
    else hear(args);
    return result;
  };
}

function hearOpening([path], error) {
  if (typeof path !== 'string') return;
  if (error) counts.missing += 1;
  else counts.opened.push(path);
}

for (const name of ['openSync', 'readFileSync']) listen(fs, name, hearOpening);
for (const name of ['open', 'readFile']) listen(fs.promises, name, hearOpening);
listen(vm, 'compileFunction', ([, , { filename }]) => counts.parts.push(filename));
listen(childProcess, 'execFile', ([program, args]) => counts.started.push([program, ...args].join(' ')));
listen(Module, '_load', ([name]) => counts.modules.add(name.replace(/^node:/, '')));

process.on('exit', () => {
  const text = JSON.stringify({ ...counts, modules: [...counts.modules] });
  // Past what listens here.
  fs.writeFileSync(process.env.COUNTS, text);
});
