import { UserError } from '../problems/problem.js';
import type { Request } from './command.js';

/** Name of a format -> what makes it. */
type Formats<F extends string> = Readonly<Record<F, unknown>>;

/** A `--report FORMAT=FILE`. */
export interface ReportFile<F> {
  readonly format: F;
  readonly file: string;
}

/** @throws UserError */
export function reportsOf<F extends string>({ reports }: Request, formats: Formats<F>): ReportFile<F>[] {
  return reports.map((text) => {
    const at = text.indexOf('=');
    const [format, file] = [text.slice(0, at), text.slice(at + 1)];
    if (at > 0 && isFormat(format, formats) && file !== '') return { format, file };
    const expected = `FORMAT=FILE, with one of ${Object.keys(formats).join(', ')}`;
    throw new UserError([{ code: 'GS002', source: '--report', value: text, expected }]);
  });
}

/** What `--format` says; the command line has refused every word that is none of them. */
export function formatOf<F extends string>({ options }: Request, formats: Formats<F>, usual: F): F {
  return options.format !== undefined && isFormat(options.format, formats) ? options.format : usual;
}

function isFormat<F extends string>(name: string, formats: Formats<F>): name is F {
  return Object.hasOwn(formats, name);
}
