import { createHash } from 'node:crypto';
import { transformSync, version } from 'esbuild';

/** Jest's way to read our sources: TypeScript and templates (as text), both by the bundler that ships them. */
export default {
  process(source, path) {
    const loader = path.endsWith('.hbs') ? 'text' : 'ts';
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
    return createHash('sha256').update([version, path, source, configString].join('\0')).digest('hex');
  },
};
