import type { Finding } from '../finding.js';

/** The message for formats that have no field for the template. */
export function messageWithTemplate({ message, template }: Finding): string {
  return template === undefined ? message : `${message} (${template.file}:${template.line})`;
}
