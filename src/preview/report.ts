import { join } from 'node:path';
import { writeText } from '../output/write-text.js';
import { reportPage } from './page/document.js';
import { ICON } from './page/icon.js';
import type { PreviewModel } from './page/model.js';
import style from './page/style.css';

/** Writes the page as files that need no server: what a build archives. @returns the page's path */
export async function writeReport(folder: string, model: PreviewModel): Promise<string> {
  const page = join(folder, 'index.html');
  await writeText(join(folder, 'style.css'), style);
  await writeText(join(folder, 'icon.svg'), ICON);
  await writeText(page, reportPage(model));
  return page;
}
