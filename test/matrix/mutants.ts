import { compileTemplate } from '../../src/scripts/compile.js';
import { builtinTemplates, type TemplateSet } from '../../src/scripts/templates.js';

/** A script that is wrong in one place, as somebody might write it. */
export interface Mutant {
  readonly name: string;
  /** Where it shows, in the order in which to look. */
  readonly scenarios: readonly string[];
  /** The fault that shows it; without one, the run without a fault does, or the first of all. */
  readonly fault?: string;
  /** It takes two faults to notice. */
  readonly isDouble?: boolean;
  /** Template, what stands there, and what stands there instead. Text that is not found is an error. */
  readonly edits: readonly Edit[];
}

export type Edit = readonly [template: string, from: string, to: string];

const SWAP = 'docker/partials/swap';
const FILES = 'docker/partials/swap-file';
const HISTORY = 'common/partials/history';

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'the history is changed before the new version runs',
    scenarios: ['update'],
    fault: 'fail-before',
    edits: [
      [
        SWAP,
        'change start "$NEW_ID" && gate "$NEW_ID" "$NEW_HEALTH" "$SETTLE" && end_gap && commit',
        'commit && change start "$NEW_ID" && gate "$NEW_ID" "$NEW_HEALTH" "$SETTLE"',
      ],
    ],
  },
  {
    name: 'the history loses its last line first, as in the recipe',
    scenarios: ['rollback from a local image'],
    fault: 'fail-before',
    edits: [
      [
        HISTORY,
        'put_beside next\n}',
        'put_beside next && cp "$HISTORY.next" "$HISTORY" && OLD_HISTORY=$(mark_of "$HISTORY")\n}',
      ],
    ],
  },
  {
    name: 'the new history is written over the old one instead of renamed',
    scenarios: ['update'],
    fault: 'full',
    edits: [
      [
        HISTORY,
        'mv -f "$HISTORY.next" "$HISTORY"',
        '{ cat "$HISTORY.next" >"$HISTORY" && rm "$HISTORY.next"; }',
      ],
    ],
  },
  {
    name: 'no lock',
    scenarios: ['update'],
    fault: 'rival',
    edits: [['common/partials/take-lock', 'until flock -n 9 9>&9', 'until true']],
  },
  {
    name: 'the container is found by a part of its name',
    scenarios: ['update'],
    edits: [
      [
        'docker/partials/containers',
        `OLD_ID=$(pick 'name == app')`,
        `OLD_ID=$(pick 'index(name, app) == 1' | head -n 1)`,
      ],
    ],
  },
  {
    name: 'the swap file is written after the old container was stopped',
    scenarios: ['update'],
    fault: 'kill-during',
    edits: [
      [SWAP, 'make_ready && write_swap stop && take_over', 'make_ready && take_over'],
      [
        SWAP,
        '"$(parked_name "$OLD_ID")" || return 1',
        '"$(parked_name "$OLD_ID")" && write_swap stop || return 1',
      ],
    ],
  },
  {
    name: 'no swap file',
    scenarios: ['update'],
    fault: 'kill-before',
    edits: [[FILES, ' && put_beside swap', '']],
  },
  {
    name: 'no second docker stop before the old container is started again',
    scenarios: ['update'],
    fault: 'kill-during',
    edits: [[SWAP, '\tinsist stop -t "$STOP_TIMEOUT" "$OLD_ID"\n', '']],
  },
  {
    name: 'the old container comes back without its restart policy',
    scenarios: ['update'],
    fault: 'fail-before',
    edits: [[SWAP, '\tinsist update --restart="$OLD_RESTART" "$OLD_ID" || POLICIES_BACK=no\n', '']],
  },
  {
    name: 'docker inherits the stdout of the script',
    scenarios: ['update'],
    fault: 'fail-before',
    edits: [
      [
        'common/partials/tools',
        '</dev/null >"$OUT" 2>"$ERR" 8<&- 9>&9 &',
        '</dev/null 2>"$ERR" 8<&- 9>&9 | tee "$OUT" &',
      ],
    ],
  },
  {
    name: 'the new container is removed before the old one is back',
    scenarios: ['update'],
    isDouble: true,
    edits: [
      [SWAP, '\tdiscard_new\n\t[ "$STAGED"', '\t[ "$STAGED"'],
      [SWAP, '\t[ -z "$OLD_ID" ] || restore_old\n', '\tdiscard_new\n\t[ -z "$OLD_ID" ] || restore_old\n'],
    ],
  },
  {
    name: 'a deploy is journalled only when it is done',
    scenarios: ['update'],
    fault: 'kill-before',
    edits: [
      [
        'common/partials/begin-deploy',
        `journal_line deploy begun '' "$IMAGE:$TAG" || fail 10 GS141 "a deploy that leaves no trace is none" "df -h \${HISTORY%/*}"`,
        ':',
      ],
    ],
  },
  {
    name: 'no recovery',
    scenarios: ['update after an interrupted deploy'],
    edits: [['docker/repull', '\trecover\n', '']],
  },
  {
    name: 'the old container is said to run again without a look',
    scenarios: ['update'],
    isDouble: true,
    edits: [[SWAP, 'gate "$OLD_ID" "$OLD_HEALTH" "$SETTLE" && CODE=11', 'CODE=11']],
  },
  {
    name: 'a vanished reader or a lost connection ends the script',
    scenarios: ['update'],
    fault: 'hup',
    edits: [['common/partials/traps', `trap '' PIPE HUP`, ':']],
  },
  {
    name: 'a signal ends the script where it is',
    scenarios: ['update'],
    fault: 'term',
    edits: [['docker/partials/signals', '\tgo_back\n\tfinish "$CODE"', '\tfinish 10']],
  },
  {
    name: 'every other version is thrown away, whatever the history says',
    scenarios: ['update'],
    edits: [['docker/partials/retention', 'kept < retain', '0']],
  },
  {
    name: 'a version that was checked takes over, healthy or not',
    scenarios: ['preflight: a version that does not get healthy'],
    edits: [['docker/partials/check', '{ show_logs "$CHECK_ID" && return 1; }', ':']],
  },
  {
    name: 'a container that was only checked is forgotten when a signal comes',
    scenarios: ['preflight: update'],
    fault: 'term',
    edits: [['docker/partials/check', '$(pick \'name == want\' "$APP-check-$RUN")', '']],
  },
  {
    name: 'the old version is stopped before the network is handed over',
    scenarios: ['handover: a version that does not get healthy'],
    edits: [['docker/partials/beside', 'write_swap stage && ', 'write_swap stage && leave "$OLD_ID" && ']],
  },
  {
    name: 'the network is not given back',
    scenarios: ['handover: update'],
    fault: 'fail-before',
    edits: [['docker/partials/networks', '\tjoin "$1" || return 1\n', '']],
  },
  {
    name: 'further networks are forgotten when it moves',
    scenarios: ['handover on three networks: update'],
    edits: [
      ['docker/partials/networks', '*) change network connect "$network" "$1" || return 1 ;;', '*) ;;'],
    ],
  },
  {
    name: 'an old version that is being stopped is taken for one that serves',
    scenarios: ['handover, the old one stopped first: update'],
    fault: 'kill-during',
    edits: [['docker/partials/beside', '{{#if stopsFirst}}halt{{else}}move{{/if}}', 'move']],
  },
  {
    name: 'the network of a handover is left',
    scenarios: ['handover: update'],
    edits: [['docker/partials/networks', 'insist network rm "$id"', ':']],
  },
  {
    name: 'both versions stay after a start-first',
    scenarios: ['start-first: update'],
    edits: [['docker/partials/beside', '\tretire_old || return 1\n', '']],
  },
  {
    name: 'an update that the swarm has taken back is taken for done',
    scenarios: ['swarm: an update that never gets healthy'],
    edits: [['swarm/partials/gate', '\tis_expected || { VERDICT=fail && return 0; }\n', '']],
  },
  {
    name: 'the swarm is told, and not waited for',
    scenarios: ['swarm: update'],
    edits: [['swarm/partials/change', 'change_service && is_healthy && commit', 'change_service && commit']],
  },
  {
    name: 'no recovery of a service',
    scenarios: ['swarm: update after an interrupted update'],
    edits: [['swarm/repull', '\trecover\n', '']],
  },
  {
    name: 'a service whose tasks wait to run again is taken for down',
    scenarios: ['swarm: update'],
    fault: 'power-cut',
    edits: [['swarm/partials/service', '\tawait_tasks\n', '']],
  },
];

export function findMutant(name: string): Mutant {
  const mutant = MUTANTS.find((one) => one.name === name);
  if (mutant === undefined) throw new Error(`no mutant '${name}'`);
  return mutant;
}

/** The templates with the mutant's defect in them. */
export function templatesOf({ name, edits }: Pick<Mutant, 'name' | 'edits'>): TemplateSet {
  const templates = new Map(builtinTemplates());
  for (const [id, from, to] of edits) {
    const template = templates.get(id);
    if (template === undefined || !template.text.includes(from))
      throw new Error(`mutant '${name}': ${id} has no longer: ${from}`);
    const text = template.text.replace(from, () => to);
    templates.set(id, compileTemplate({ text, file: template.file }));
  }
  return templates;
}
