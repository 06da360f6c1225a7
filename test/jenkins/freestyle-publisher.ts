import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Element, findAll, textOf } from './options-xml.js';

/** A server of Publish over SSH: where its root folder really is, and a shell on it. */
export interface SshServer {
  /** The folder that stands for `Remote Directory` of the server's settings. */
  readonly root: string;
  /** What a command does there, and what it prints. */
  readonly execute: (command: string) => { readonly status: number | null; readonly output: string };
}

export interface Publishing {
  readonly workspace: string;
  /** Variables of the run and build parameters: Jenkins pastes them into every field as they are. */
  readonly variables: Readonly<Record<string, string>>;
  readonly servers: Readonly<Record<string, SshServer>>;
  readonly say: (line: string) => void;
}

/**
 * The post-build action as the plugin does it (BPInstanceConfig.perform, ParamPublish.Selector, BapPublisher.perform):
 * server after server, transfer after transfer, up to the first failure.
 * @returns whether all went well
 */
export function publishOverSsh(plugin: Element, publishing: Publishing): boolean {
  const [delegate] = findAll(plugin, 'delegate');
  if (delegate === undefined || textOf(delegate, 'continueOnError') !== 'false')
    throw new Error('this stand-in stops at the first failing server');
  const chosen = findPublishers(delegate).filter((publisher) => isChosen(publisher, delegate, publishing));
  return chosen.every((publisher) => publishTo(publisher, publishing));
}

function findPublishers(delegate: Element): Element[] {
  return findAll(delegate, 'jenkins.plugins.publish__over__ssh.BapSshPublisher');
}

/** Parameterized publishing: the parameter is a regular expression, which a server's whole label must match. */
function isChosen(publisher: Element, delegate: Element, { variables, say }: Publishing): boolean {
  const [parameter] = findAll(delegate, 'parameterName');
  if (parameter === undefined) return true;
  const pattern = new RegExp(`^(?:${variables[parameter.text]})$`);
  const label = findAll(publisher, 'label').find(({ children }) => children.length === 0)?.text ?? '';
  if (!pattern.test(label)) say(`SSH: ${label} does not match ${variables[parameter.text]}`);
  return pattern.test(label);
}

function publishTo(publisher: Element, publishing: Publishing): boolean {
  const name = textOf(publisher, 'configName');
  const server = publishing.servers[name];
  if (server === undefined) throw new Error(`no SSH server ${name}`);
  return findAll(publisher, 'jenkins.plugins.publish__over__ssh.BapSshTransfer').every((transfer) => {
    publishing.say(`SSH: Transferred ${send(transfer, server, publishing)} file(s)`);
    const { status, output } = server.execute(expand(textOf(transfer, 'execCommand'), publishing));
    if (textOf(publisher, 'verbose') === 'true') publishing.say(output);
    if (status !== 0) publishing.say(`Exec exit status not zero. Status [${status}]`);
    return status === 0;
  });
}

/** Only the kind of pattern that we use, `folder/*`. That nothing matches is no error; the command is run all the same. */
function send(transfer: Element, { root }: SshServer, publishing: Publishing): number {
  const source = expand(textOf(transfer, 'sourceFiles'), publishing);
  const [, folder] = /^([\w/]+)\/\*$/.exec(source) ?? [];
  if (folder !== textOf(transfer, 'removePrefix')) throw new Error(`not supported: ${source}`);
  const from = join(publishing.workspace, folder ?? '');
  const to = join(root, expand(textOf(transfer, 'remoteDirectory'), publishing));
  const names = readdirSync(from).filter((name) => name !== '.git');
  mkdirSync(to, { recursive: true });
  for (const name of names) copyFileSync(join(from, name), join(to, name));
  return names.length;
}

/** Util.replaceMacro: `$NAME` and `${NAME}` if the name is known, `$$` for a dollar. */
function expand(text: string, { variables }: Publishing): string {
  return text.replace(/\$(?:([A-Za-z0-9_]+)|\{([A-Za-z0-9_.]+)\}|\$)/g, (whole, plain, braced) =>
    whole === '$$' ? '$' : (variables[plain ?? braced] ?? whole),
  );
}
