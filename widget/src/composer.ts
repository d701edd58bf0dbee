/** The text box: grows with its text, counts, and shows what a pasted label looks like before it is sent. */

import type { Say } from './announcer';
import { h, icon, iconButton } from './dom';
import { length, limitFor, namesOn } from './label';
import type { Words } from './strings';

const NEAR = 300;                                            // characters left, from which on they are counted
const SHOWN = 3;                                             // names of a label

export function composer(words: Words, language: string, say: Say, submit: (text: string) => void) {
  const format = (value: number) => value.toLocaleString(language);
  const count = h('div', { class: 'count', id: 'count' }), preview = h('div', { class: 'preview', id: 'preview' });
  const send = iconButton('send', words.send, () => {}, { type: 'submit', class: 'send' });
  let listed = 0;

  /** Show what a label looks like. */
  const show = ([...names]: string[]) => {
    const { length: found } = names;
    if (found === listed) return;
    if (!listed) say(words.list(found));
    listed = found;
    preview.replaceChildren(...(found ? [icon('info'),
      h('p', '', h('b', '', words.list(found)), ` ${names.slice(0, SHOWN).join(', ')} …`)] : []));
  };

  /** Count, grow the box, and return whether what is in it may be sent. */
  const measure = () => {
    const { text } = self, used = length(text), most = limitFor(text), over = used > most;
    const told = over ? words.over(format(used - most)) : used > most - NEAR ? words.count(format(used), format(most)) : '';
    if (over && !count.classList.contains('over')) say(told);
    count.classList.toggle('over', over);
    count.textContent = told;
    send.ariaDisabled = `${over || !used}`;
    show(namesOn(text));
    box.style.height = '';
    if (box.scrollHeight > box.clientHeight) box.style.height = `${box.scrollHeight}px`;
    return used && !over;
  };

  const go = (event: Event) => {
    const { text } = self;
    event.preventDefault();
    if (!measure()) return;
    self.text = '';
    submit(text);
  };

  const box = h('textarea', { class: 'input', rows: '1', 'aria-label': words.box, 'aria-describedby': 'count preview', placeholder: words.box,
    dir: 'auto', enterkeyhint: 'send', oninput: measure, onkeydown(event: KeyboardEvent) {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) go(event);   // 229: IME, Safari
    } });
  const self = {
    box,
    element: h('form', { class: 'composer', onsubmit: go }, preview, h('div', 'field', box, send), count),
    get text(): string { return box.value.trim(); },
    set text(text: string) {
      box.value = text;
      measure();
    },
  };
  measure();
  return self;
}
