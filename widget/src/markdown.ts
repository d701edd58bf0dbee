/** The small markdown subset of the assistant: paragraphs, "- " lists, **strong**, links to https, tel and mailto. */

import { h, hidden } from './dom';

const SAFE = ['https:', 'tel:', 'mailto:'];
const STRONG = /\*\*([^*]+)\*\*/g;
const LINK = /\[([^[\]]+)\]\(([^()\s]+)\)/g;
const EITHER = new RegExp(`${STRONG.source}|${LINK.source}`, 'g');

/** Return a link, or null where the address is not one that a message may have. */
export function link(label: string, address: string, newTab: string): HTMLAnchorElement | null {
  let url;
  try { url = new URL(address); } catch { return null; }
  if (!SAFE.includes(url.protocol)) return null;
  if (url.protocol !== SAFE[0]) return h('a', { href: url.href }, label);
  return h('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer' }, label, hidden(newTab));
}

function inline(text: string, newTab: string): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let from = 0;
  for (const { 0: all, 1: strong, 2: label, 3: address, index } of text.matchAll(EITHER)) {
    const made = strong ? h('strong', '', ...inline(strong, newTab)) : link(label!, address!, newTab);
    if (!made) continue;                                     // any other address stays the text that it is
    nodes.push(text.slice(from, index), made);
    from = index! + all.length;
  }
  nodes.push(text.slice(from));
  return nodes;
}

/** Return paragraphs and lists; `newTab` is said behind a link that opens one. */
export function render(text: string, newTab: string): HTMLElement[] {
  const blocks: HTMLElement[] = [];
  let block = null as HTMLElement | null;
  for (const line of text.split(/\r?\n/)) {
    const item = /^\s*- +(.*)/.exec(line), kind = item ? 'ul' : 'p';
    if (!line.trim()) { block = null; continue; }
    const goes = block?.localName === kind;
    if (!goes) blocks.push(block = h(kind, ''));
    if (item) block!.append(h('li', '', ...inline(item[1]!, newTab)));
    else block!.append(...(goes ? [h('br', '')] : []), ...inline(line, newTab));
  }
  return blocks;
}

/** The text as it is read out: no signs, no addresses, one line. */
export const spoken = (text: string): string =>
  text.replace(STRONG, '$1').replace(LINK, '$1').replace(/^\s*- +/gm, '').replace(/\s+/g, ' ').trim();
