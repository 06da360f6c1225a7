/** A file of the release folder: its text and its permission bits. */
export interface ReleaseFile {
  readonly text: string;
  readonly mode: number;
}

/** The script that Publish over SSH executes: last to appear, first to go. */
export const AUTO = 'auto.sh';
export const MANIFEST = 'manifest.json';
/** Line 1 the user name, line 2 the password. Travels with the scripts; the host reads it once and deletes it. */
export const CREDENTIALS = 'registry.credentials';

/** Every name that may ever be ours. Nothing else in a release folder is written or removed. */
export const RELEASE_FILES = [MANIFEST, 'build.sh', 'repull.sh', 'rollback.sh', CREDENTIALS, AUTO] as const;

export function scriptFile(text: string): ReleaseFile {
  return { text, mode: 0o755 };
}

export function manifestFile(text: string): ReleaseFile {
  return { text, mode: 0o644 };
}

export function credentialsFile(username: string, password: string): ReleaseFile {
  return { text: `${username}\n${password}\n`, mode: 0o600 };
}
