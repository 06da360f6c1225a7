declare const GEN_SCRIPTS_VERSION: string | undefined;

/** Put in by scripts/build.mjs from package.json; the sources by themselves have no version. */
export const VERSION = typeof GEN_SCRIPTS_VERSION === 'undefined' ? '0.0.0' : GEN_SCRIPTS_VERSION;
