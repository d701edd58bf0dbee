/** The panel: its head, the talk, the text box. Knows when it opens and closes, and nothing of what is said. */

import { announcer } from './announcer';
import { composer } from './composer';
import { confirm } from './confirm';
import { h, icon, iconButton } from './dom';
import { launcher } from './launcher';
import { menu, type Entry } from './menu';
import type { Words } from './strings';
import { transcript } from './transcript';

const SMALL = '(max-width:480px),(max-height:420px)';        // here the panel fills the screen and is modal; as in style.css

export function panelOf(words: Words, language: string, open: () => void, submit: (text: string) => void, entries: Entry[], signal: AbortSignal) {
  const [corner, opener] = launcher(words, open), [live, say] = announcer(), more = menu(words.more, entries);
  const log = transcript(words), box = composer(words, language, say, submit), title = h('h2', { id: 'title' }), view = visualViewport;
  const fit = () => { if (view) root.style.setProperty('--vh', `${view.height}px`); };   // above the keyboard of a phone
  const leave = (event: Event) => {
    event.preventDefault();
    if (more.open) more.open = false; else dialog.close();
  };
  const dialog = h('dialog', { class: 'panel', tabindex: '-1', 'aria-labelledby': 'title', oncancel: leave,
    onkeydown(event: KeyboardEvent) { if (event.key === 'Escape' && !event.isComposing) leave(event); },
    onfocusin({ target }: Event) { if (!more.contains(target as Node)) more.open = false; },
    onclose() {
      opener.ariaExpanded = 'false';
      if (document.activeElement === document.body) opener.focus();   // the browser gave the focus back to what had it, if anything
    } },
  h('div', 'header', h('span', 'face', icon('chat')), h('div', 'who', title, h('p', '', words.role)), more,
    iconButton('close', words.close, () => dialog.close(), { class: 'tool' })), log.element, box.element, live);
  const root = h('div', { class: 'root', lang: language }, dialog, corner);
  view?.addEventListener('resize', fit, { signal });

  const self = {
    root, dialog, title, say, log, box,

    /** Open; without `moves` the focus stays where it is. */
    open(moves?: boolean): void {
      const active = document.activeElement as HTMLElement | null;
      if (dialog.open) return;
      if (matchMedia(SMALL).matches) dialog.showModal(); else dialog.show();
      opener.ariaExpanded = 'true';
      fit();
      if (moves) self.focus(); else active?.focus();
    },

    /** To the text box, but on a phone to the panel: there the keyboard would cover what is to be read. */
    focus: (): void => (matchMedia('(pointer:coarse)').matches ? dialog : box.box).focus(),

    confirm: (question: string, go: string, act: () => void): void => confirm(root, question, words.keep, go, act),
  };
  return self;
}
