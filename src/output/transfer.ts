import { join } from 'node:path';
import type { Host } from '../parameters/hosts.js';
import type { Publish } from '../parameters/parameters.js';
import { normalisePath } from '../parameters/values/volumes.js';
import type { Transfer } from '../report/report.js';
import { doubled, remoteFile, sshCommand, word } from './ssh-step.js';

/** Name of the file on the host that `rollback.sh --outcome` fills. */
const OUTCOME = 'outcome';
/** Folder of the workspace for everything that belongs to one build and is not shipped. */
export const WORK = '.gen-scripts';

/** One app as it is shipped. */
export interface Shipped {
  readonly app: string;
  /** Image reference of a deploy; empty for a rollback. */
  readonly image: string;
  /** The folder of its scripts, relative to the workspace. */
  readonly folder: string;
  readonly publish: Publish;
  readonly order: number;
  /** None: for whichever host is named. */
  readonly hosts: readonly Host[];
}

/**
 * What the Jenkins library sends to each host for one app. The exec ends with 0 whatever happened, because a plugin that
 * sees a failure leaves out the second transfer, which brings the outcome back.
 */
export function toTransfer({ app, image, folder, publish, order, hosts }: Shipped): Transfer {
  // The plugin compares the prefix with paths as ant spells them: no `./`, no slash at the end.
  const removePrefix = normalisePath(folder);
  return {
    app,
    order,
    servers: hosts.map(({ name }) => name),
    sourceFiles: `${doubled(removePrefix)}/*`,
    removePrefix: doubled(removePrefix),
    remoteDirectory: doubled(publish.remoteDirectory),
    execCommand: canReport(publish) ? reportingCommand(publish, sshCommand(publish)) : '',
    revertCommand:
      canReport(publish) && image !== '' ? reportingCommand(publish, revert(publish, image)) : '',
    fetchCommand: canReport(publish) ? `get ${doubled(join(publish.remoteDirectory, OUTCOME))}` : '',
    execTimeout: publish.execTimeout,
  };
}

/**
 * The path of auto.sh must be known, and `get` splits its words at white space and takes * and ? for patterns
 * (BapSshClient.parseCommand, getFileList).
 */
function canReport({ remoteRoot, remoteDirectory }: Publish): boolean {
  return remoteRoot !== '' && !/[\s*?[\\]/.test(remoteDirectory);
}

/** Whatever stands at the outcome's place, a symbolic link for one, is removed before anything is written there. */
function reportingCommand(publish: Publish, command: string): string {
  const [rollback, outcome] = ['rollback.sh', OUTCOME].map((name) => word(remoteFile(publish, name)));
  return `rm -f ${outcome}; ${command}; sh ${rollback} --outcome $? >${outcome} </dev/null`;
}

/** Back from this version, and from no other: so it does no harm where something else runs by now. */
function revert(publish: Publish, image: string): string {
  return `sh ${word(remoteFile(publish, 'rollback.sh'))} --build $BUILD_NUMBER --from ${word(image)} </dev/null`;
}
