/** The hidden live region: hears of each new thing once, in plain words. The transcript itself is never live. */

import { h } from './dom';

const SAID = 1500;                                           // ms; under 100 it is lost, kept for good it is read again

export type Say = (...parts: (string | null | undefined | false)[]) => void;

/** Return [the region, what makes it say something]. */
export function announcer(): [HTMLElement, Say] {
  const region = h('div', { class: 'sr', role: 'status', 'aria-live': 'polite' });
  return [region, (...parts) => {
    const said = h('div', '', parts.filter(Boolean).join(' '));
    region.append(said);
    setTimeout(() => said.remove(), SAID);
  }];
}
