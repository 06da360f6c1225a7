import type { Call, Fault } from './faults.js';

/**
 * What happens to the files beside the history while a script runs. Real file systems that are full or read-only are
 * tried on the real stack; here each kind of refusal comes at every docker call.
 */

/** A full disk is a limit on the size of the script's files; without this the signal for it would come first. */
const WITHOUT_SIGXFSZ = ['sh', '-c', 'trap "" XFSZ; exec "$@"', 'sh'];

/** Permissions mean nothing to a root that may override them. */
const LIKE_A_USER =
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : [];

/** What somebody else's write to the history left: no line of ours, and without an end. */
export const CUT_LINE = 'registry.example.com/team/cut';
/** The same in the journal. */
export const CUT_ENTRY = '2026-01-01T00:00:00Z\tcut';

const there = (suffix: string) => (call: Call) => call.files.includes(suffix);
const file = (suffix: string) => `"$SIM_HISTORY${suffix}"`;

export const FILE_FAULTS: readonly Fault[] = [
  {
    name: 'full',
    action: 'full',
    isOfFiles: true,
    through: WITHOUT_SIGXFSZ,
    undo: 'rm -f "$HOME/sim/full"',
    // It keeps the output of $(...) in a file: see decision 0016.
    notUnder: ['ksh93'],
  },
  {
    name: 'read-only',
    action: 'hook',
    isOfFiles: true,
    hook: 'chmod -R a-w "$HOME/data"',
    undo: 'chmod -R u+w "$HOME/data"',
    through: LIKE_A_USER,
  },
  {
    name: 'missing folder',
    action: 'hook',
    isOfFiles: true,
    hook: 'mv "$HOME/data" "$HOME/data.away"',
    undo: '[ ! -d "$HOME/data.away" ] || { rm -rf "$HOME/data"; mv "$HOME/data.away" "$HOME/data"; }',
  },
  ...['', '.journal', '.swap'].map((suffix) => ({
    name: `foreign ${suffix || 'history'}`,
    action: 'hook',
    isOfFiles: true,
    hook: `chown 65534 ${file(suffix)} 2>/dev/null || chmod 000 ${file(suffix)}`,
    undo: `[ ! -e ${file(suffix)} ] || { chown "$(id -u)" ${file(suffix)}; chmod u+rw ${file(suffix)}; }`,
    through: LIKE_A_USER,
    appliesTo: there(suffix),
  })),
  {
    name: 'cut history',
    action: 'hook',
    isOfFiles: true,
    hook: `printf %s '${CUT_LINE}' >>${file('')}`,
    undo: `for f in ${file('')} ${file('.next')}; do [ ! -e "$f" ] || sed -i '\\|^${CUT_LINE}$|d' "$f"; done`,
  },
  {
    name: 'cut journal',
    action: 'hook',
    isOfFiles: true,
    hook: `printf %s '${CUT_ENTRY}' >>${file('.journal')}`,
    appliesTo: there('.journal'),
  },
  {
    name: 'cut swap file',
    action: 'hook',
    isOfFiles: true,
    hook: `truncate -s -10 ${file('.swap')}`,
    appliesTo: there('.swap'),
  },
];
