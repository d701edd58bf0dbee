/** A button that unfolds further ones. Plain buttons in their order: no keys to learn. */

import { button, h, icon } from './dom';

export type Entry = [label: string, act: () => void];

export function menu(label: string, entries: Entry[]): HTMLDetailsElement {
  const summary = h('summary', { class: 'tool', 'aria-label': label, title: label }, icon('more'));
  const list: HTMLDetailsElement = h('details', 'more', summary, h('div', 'menu', ...entries.map(([name, act]) => button(name, () => {
    list.open = false;
    summary.focus();
    act();
  }))));
  return list;
}
