import { join } from 'node:path';
import type { Publish } from '../parameters/parameters.js';
import { normalisePath } from '../parameters/values/volumes.js';
import type { Transfer } from '../report/report.js';
import { doubled, remoteFile, sshCommand, word } from './ssh-step.js';

/** Name of the file on the host that `rollback.sh --outcome` fills. */
const OUTCOME = 'outcome';
/** Folder of the workspace for everything that belongs to one build and is not shipped. */
export const WORK = '.gen-scripts';

/**
 * What the Jenkins library sends to each host for one app. The exec ends with 0 whatever happened, because a plugin that
 * sees a failure leaves out the second transfer, which brings the outcome back.
 */
export function toTransfer(app: string, folder: string, publish: Publish, order: number): Transfer {
  // The plugin compares the prefix with paths as ant spells them: no `./`, no slash at the end.
  const removePrefix = normalisePath(folder);
  return {
    app,
    order,
    sourceFiles: `${doubled(removePrefix)}/*`,
    removePrefix: doubled(removePrefix),
    remoteDirectory: doubled(publish.remoteDirectory),
    execCommand: canReport(publish) ? reportingCommand(publish) : '',
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
function reportingCommand(publish: Publish): string {
  const [rollback, outcome] = ['rollback.sh', OUTCOME].map((name) => word(remoteFile(publish, name)));
  return `rm -f ${outcome}; ${sshCommand(publish)}; sh ${rollback} --outcome $? >${outcome} </dev/null`;
}
