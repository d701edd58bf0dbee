/** Answers to tap. Once one is used all stay visible, but none can be used again. */

import { h, hidden, icon, pill } from './dom';
import type { Words } from './strings';
import type { Choice } from './types';

/** Return the group, null without choices. `used` is the text that the visitor went on with, undefined while open. */
export function choicesOf(choices: Choice[], words: Words, take: (choice: Choice) => void, used?: string): HTMLElement | null {
  if (!choices.length) return null;
  const buttons = choices.map((choice) => pill(choice.title, () => {
    settle(choice.title);
    take(choice);
  }));
  const settle = (taken: string) => buttons.forEach((button) => {
    button.disabled = true;
    if (button.textContent !== taken) return;
    button.classList.add('chosen');
    button.prepend(icon('check'));
    button.append(hidden(words.chosen));
  });
  if (used !== undefined) settle(used);
  return h('div', { class: 'choices', role: 'group', 'aria-label': words.choices }, ...buttons);
}
