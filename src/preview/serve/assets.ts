import htmx from 'htmx.org/dist/htmx.min.js';
import { ICON } from '../page/icon.js';
import style from '../page/style.css';
import { type Answer, answer } from './answer.js';
import script from './page.browser.js';

/** The files of the page. They are texts of this program, so no name can lead to another file. */
export const ASSETS: ReadonlyMap<string, Answer> = new Map([
  ['htmx.js', answer(200, 'text/javascript', htmx)],
  ['page.js', answer(200, 'text/javascript', script)],
  ['style.css', answer(200, 'text/css', style)],
  ['icon.svg', answer(200, 'image/svg+xml', ICON)],
]);
