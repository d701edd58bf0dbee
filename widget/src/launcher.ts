/** The button at the edge of the page, and a smaller one to be rid of it. */

import { button, h, icon, iconButton } from './dom';
import type { Words } from './strings';

/** Return [what stands in the corner, the button that opens]. */
export function launcher(words: Words, open: () => void): [HTMLElement, HTMLButtonElement] {
  const opener = button(icon('chat'), open, { class: 'launcher', 'aria-expanded': 'false', 'aria-haspopup': 'dialog' },
    h('span', '', words.open));
  const corner = h('div', 'corner', opener, iconButton('close', words.hide, () => { corner.hidden = true; }, { class: 'hide' }));
  return [corner, opener];
}
