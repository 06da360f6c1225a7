import { type Gathered, gather, type Sources, withForm } from '../gather.js';
import { type BuildForm, readForm, toQuery } from '../page/build-form.js';
import { bareView, servedPage, servedResult, viewOf } from '../page/document.js';
import { type Html, html } from '../page/html.js';
import { viewRehearsal } from '../page/rehearsal-view.js';
import { type Answer, answer, page, refuse } from './answer.js';
import { ASSETS } from './assets.js';
import type { Admitted } from './guard.js';
import { fingerprint } from './watch.js';

/** The page's own requests: what each shows, and what it begins. */
export class Routes {
  constructor(
    readonly sources: Sources,
    /** As the command line filled it in. */
    readonly begin: BuildForm,
  ) {}

  /**
   * @param fields those of a form that was posted
   * @param speaks the languages of the browser, as it sends them
   */
  async answer(
    method: string,
    { name, query }: Admitted,
    fields: URLSearchParams,
    speaks = '',
  ): Promise<Answer> {
    const isPost = name === 'rehearse' || name === 'rehearsal';
    const allowed = isPost ? ['POST'] : ['GET', 'HEAD'];
    const known = ['', 'view', 'changes', 'rehearse', 'rehearsal'].includes(name) || ASSETS.has(name);
    if (!known) return refuse(404);
    if (!allowed.includes(method)) return refuse(405, { Allow: allowed.join(', ') });
    if (isPost) return this.#showRehearsal(name === 'rehearse', fields);
    return ASSETS.get(name) ?? this.#showPage(name, query, speaks);
  }

  async #showPage(name: string, query: URLSearchParams, speaks: string): Promise<Answer> {
    // What it is made from, before it is made: a change meanwhile is one that has not been seen.
    const seen = await fingerprint(this.sources);
    if (name === 'changes' && query.get('seen') === seen) return answer(204, 'text/plain', '');
    const form = readForm(query, this.#beginIn(speaks));
    const { model, playables, scripts } = await gather(withForm(this.sources, form), form);
    this.sources.rehearsals.keepOnly(playables);
    this.sources.linting.look(scripts).catch(() => undefined);
    if (name === '') return page(servedPage(model, watch(seen)));
    return page(servedResult(model, watch(seen)), { 'HX-Replace-Url': `?${toQuery(form)}` });
  }

  /** What was asked for on the command line counts more than what the browser would like. */
  #beginIn(speaks: string): BuildForm {
    const wanted = /\b(zh|en)\b/i.exec(speaks)?.[1]?.toLowerCase();
    if (this.sources.request.options.lang !== undefined || wanted === undefined) return this.begin;
    return { ...this.begin, language: wanted === 'zh' ? 'zh' : 'en' };
  }

  async #showRehearsal(shallBegin: boolean, fields: URLSearchParams): Promise<Answer> {
    const form = readForm(fields, this.begin);
    const wanted = fields.get('app') ?? '';
    const running = this.sources.rehearsals.progressOf(fields.get('key') ?? '');
    // It will be asked for many times, beside the rehearsal itself: no more than that is looked at.
    if (running !== undefined)
      return page(viewRehearsal({ id: idOf(wanted), rehearsal: running }, bareView(form)).text);
    const find = ({ model }: Gathered) => model.apps.findIndex(({ id }) => id === wanted);
    const sources = withForm(this.sources, form);
    let gathered = await gather(sources, form);
    const playable = gathered.playables[find(gathered)];
    if (playable !== undefined && shallBegin) {
      void this.sources.rehearsals.start(playable);
      gathered = await gather(sources, form);
    }
    const app = gathered.model.apps[find(gathered)];
    // The settings were broken meanwhile: the page will see it by itself.
    if (app === undefined) return page('', { 'HX-Reswap': 'none' });
    return page(viewRehearsal(app, viewOf(gathered.model, true)).text);
  }
}

/** Of an app in the page; anything else is none of ours. */
function idOf(given: string): string {
  return /^a\d{1,3}$/.test(given) ? given : 'a0';
}

/** Asks every second whether the page is still what it would be made to now; never while a change of the form is on its way. */
function watch(seen: string): Html {
  const vals = JSON.stringify({ seen });
  return html`<div hidden hx-get="changes" hx-include="#form" hx-vals="${vals}" hx-trigger="every 1s" hx-target="#result" hx-swap="outerHTML" hx-sync="#form:drop"></div>`;
}
