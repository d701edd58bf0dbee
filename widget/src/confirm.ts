/** Asks before something is lost. A native modal: until it is answered nothing else can be used, and Escape changes nothing. */

import { h, pill } from './dom';

export function confirm(place: HTMLElement, question: string, keep: string, go: string, act: () => void): void {
  const done = () => ask.close();
  const ask = h('dialog', { class: 'ask', role: 'alertdialog', 'aria-label': question, onclose: () => ask.remove() },
    h('p', '', question), h('div', 'acts', pill(keep, done), pill(go, () => { done(); act(); }, true)));
  place.append(ask);
  ask.showModal();
}
