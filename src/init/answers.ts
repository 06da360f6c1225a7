/** What `init` asks for; an empty string means "leave it out". */
export interface Answers {
  readonly app: string;
  readonly image: string;
  /** HOST:CONTAINER */
  readonly port: string;
  readonly healthUrl: string;
  readonly history: string;
  readonly remoteRoot: string;
  /** Name of the SSH server in Jenkins' system configuration. */
  readonly sshServer: string;
}

export type Language = 'en' | 'zh';

/** How the generated files reach the CLI and the schema: relative to the project. */
export interface Places {
  /** Shell command that starts the CLI, for example `node tools/gen-scripts.cjs`. */
  readonly command: string;
  readonly schema: string;
}
