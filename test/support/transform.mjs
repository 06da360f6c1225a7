import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { transformSync, version } from 'esbuild';
import { templateModule } from '../../scripts/templates.mjs';

/** What decides how a file is read belongs to the key of what was made of it. */
const SELF = readFileSync(new URL(import.meta.url), 'utf8');

/** Jest's way to read our sources: TypeScript, and as text templates and what a browser reads, all by the bundler that ships them. */
export default {
  process(source, path) {
    if (path.endsWith('.hbs')) return { code: templateModule(source) };
    // A package that is no ES module itself cannot become one here.
    if (path.endsWith('.min.js')) return { code: `module.exports = ${JSON.stringify(source)};` };
    const loader = path.endsWith('.ts') ? 'ts' : 'text';
    const { code, map } = transformSync(source, {
      loader,
      format: 'esm',
      target: 'node20',
      sourcemap: true,
      sourcefile: path,
    });
    return { code, map };
  },
  getCacheKey(source, path, { configString }) {
    return createHash('sha256')
      .update([version, SELF, String(templateModule), path, source, configString].join('\0'))
      .digest('hex');
  },
};
