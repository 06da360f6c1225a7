import { createHash } from 'node:crypto';
import type { Progress } from '../output/progress.js';
import type { Variant, VariantScript } from './variants.js';

/** auto.sh repeats another script, and many variants share theirs: each text is handed out once under its name. */
export class DistinctScripts implements Iterable<VariantScript> {
  readonly paths = new Set<string>();
  readonly #seen = new Set<string>();

  constructor(
    readonly variants: readonly Variant[],
    readonly progress: Progress,
  ) {}

  *[Symbol.iterator](): Iterator<VariantScript> {
    const all = this.#total();
    let done = 0;
    for (const variant of this.variants)
      for (const script of variant.scripts()) {
        if (script.path.endsWith('/auto.sh')) continue;
        this.progress(done++, all);
        if (this.#isNew(script)) yield script;
      }
  }

  /** Nothing is on its way any more. */
  end(): void {
    this.progress(this.#total(), this.#total());
  }

  #total(): number {
    return this.variants.reduce((sum, { count }) => sum + count, 0);
  }

  /** By a sum of the text: the texts themselves would fill the memory. */
  #isNew({ path, text }: VariantScript): boolean {
    this.paths.add(path);
    const size = this.#seen.size;
    this.#seen.add(createHash('sha256').update(`${path}\n${text}`).digest('base64'));
    return this.#seen.size > size;
  }
}
