/** Takes the talk out of the panel. */

import { h } from './dom';

const PAPER = 'body{font-family:sans-serif}svg,.choices,.under{display:none}.msg{margin:1em 0}.word,.you{font-weight:600}p,ul{margin:0}';

/** Put `rows` on a page of their own: a style sheet in the shadow cannot leave out the rest of the visitor's page. */
function paper(rows: Element[]): Window {
  const frame = h('iframe', { 'aria-hidden': 'true', tabindex: '-1' });
  frame.style.cssText = 'position:fixed;visibility:hidden';
  document.body.append(frame);
  const page = frame.contentWindow as Window & typeof globalThis, { body } = page.document, sheet = new page.CSSStyleSheet();
  sheet.replaceSync(PAPER);
  page.document.adoptedStyleSheets = [sheet];
  body.append(h('h1', '', document.title), new Date().toLocaleString(), ...rows.map((row) => row.cloneNode(true)));
  body.querySelectorAll('details').forEach((one) => { one.open = true; });
  body.querySelectorAll<HTMLAnchorElement>('a[target]').forEach((one) => one.replaceChildren(`${one.firstChild!.textContent} (${one.href})`));
  return page;
}

const drop = (page: Window): void => page.frameElement!.remove();

export function print(rows: Element[]): void {
  const page = paper(rows);
  page.onafterprint = () => drop(page);
  page.print();
}

/** Return the talk as text. */
export function textOf(rows: Element[]): string {
  const page = paper(rows), text = page.document.body.innerText;
  drop(page);
  return text;
}
