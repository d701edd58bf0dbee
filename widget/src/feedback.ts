/** Thumbs under an answer, and a word of why: one of a fixed few, so that nothing private can be written there. */

import { h, iconButton, pill } from './dom';
import type { Words } from './strings';

export const REASONS = ['not_asked', 'unclear', 'wrong', 'other'] as const;

export type Rate = (helpful: boolean, reason?: string) => Promise<unknown>;

export function thumbs(words: Words, rate: Rate, say: (text: string) => void): HTMLElement {
  const told = h('span', ''), tell = (text: string) => say(told.textContent = text);
  const mark = (pressed?: Element) => both.forEach((one) => one.setAttribute('aria-pressed', `${one === pressed}`));
  const send = (then: string, helpful: boolean, reason?: string) => rate(helpful, reason).then(() => tell(then), () => {
    mark();
    why.remove();
    tell(words.failed);
  });
  const why = h('div', { class: 'why', role: 'group', 'aria-label': words.why }, ...REASONS.map((reason) => pill(words[reason], () => {
    both[1]!.focus();                                        // before the button that was used goes
    why.remove();
    void send(words.thanks, false, reason);
  })));
  const both = [words.yes, words.no].map((label, down) => iconButton('thumb', label, () => {
    mark(both[down]);
    if (down) row.append(why); else why.remove();
    row.scrollIntoView({ block: 'nearest' });
    void send(down ? words.why : words.thanks, !down);
  }, { class: down ? 'thumb down' : 'thumb', 'aria-pressed': 'false' }));
  const row = h('div', { class: 'under', role: 'group', 'aria-label': words.helpful }, ...both, told);
  return row;
}
