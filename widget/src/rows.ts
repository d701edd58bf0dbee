/** What stands in the transcript: notice, bubbles, faults. */

import { choicesOf } from './choices';
import { h, hidden, icon, pill } from './dom';
import { thumbs, type Rate } from './feedback';
import { length, namesOn } from './label';
import { link, render, spoken } from './markdown';
import type { Words } from './strings';
import type { Choice, Message } from './types';

const LONG = 300;                                            // characters; a bubble of more can be scrolled, so it takes the focus

/**
 * Return what makes rows. `foreign` is the language of the answers where it is not the widget's own, `emergency` returns
 * the site's number.
 */
export function rowsOf(
  words: Words, foreign: string | false, emergency: () => string | undefined, take: (choice: Choice) => void, rate: (message: string) => Rate,
  say: (text: string) => void,
) {
  const block = (text: string) => h('div', { class: 'text', lang: foreign, dir: 'auto' }, ...render(text, words.newTab));

  /** The first number of "112 or 999" as a link; words where there is none. */
  const number = (quiet: boolean): Node | string => {
    const [found] = /\d[\d ]*\d/.exec(emergency() || '') || [];
    return found ? h('a', { class: quiet ? '' : 'pill full', href: `tel:${found.replace(/ /g, '')}` }, icon('phone'), words.call(found)) : words.local;
  };

  return {
    note: (text: string, privacy: string | null) => h('div', { class: 'notice' }, icon('info'),
      h('div', '', hidden(words.notice), block(text), privacy && h('a', { href: privacy, target: '_blank' }, words.privacy, hidden(words.newTab)))),

    visitor(text: string): HTMLElement {
      const names = namesOn(text).length;
      return h('div', 'msg you', hidden(words.you),
        h('div', { class: 'bubble', dir: 'auto', tabindex: length(text) > LONG && '0' },
          names > 0 && h('b', 'word', icon('info'), words.list(names)), text));
    },

    /** `used` is the text that the visitor went on with, undefined where the choices are open. */
    assistant({ id, text, urgency, sources, choices, rated }: Message, used?: string): HTMLElement {
      const quiet = urgency === 'today' || text.includes('](tel:');
      return h('div', `msg bot ${urgency && `urgent ${urgency}`}`, hidden(words.assistant),
        h('div', { class: 'bubble' }, urgency && h('p', 'word', icon(urgency), words[urgency]), block(text),
          urgency && urgency !== 'soon' && h('p', quiet ? 'worse' : 'phone', quiet && `${words.worse} `, number(quiet)),
          sources.length > 0 && h('details', '', h('summary', '', words.sources(sources.length)), h('ul', '', ...sources.map(
            ({ title, publisher, url }) => h('li', '', link(title, url, words.newTab) || title, publisher && `, ${publisher}`))))),
        rated && thumbs(words, rate(id), say), choicesOf(choices, words, take, used));
    },

    /** What is read out of a message. */
    aloud: ({ text, urgency, choices }: Message): string => [urgency && `${words[urgency]}.`, spoken(text),
      choices.length && `${words.choices}${choices.map(({ title }) => title).join('; ')}.`].filter(Boolean).join(' '),

    /** What failed, and the ways on. */
    fault(text: string, again: () => void, edit?: () => void): HTMLElement {
      const leave = (act: () => void) => () => { row.remove(); act(); };
      const row = h('div', 'fault', icon('fault'), h('div', '', block(text), h('p', 'worse', `${words.urgent} `, number(true)),
        h('div', 'acts', pill(words.again, leave(again), true), edit && pill(words.edit, leave(edit)))));
      return row;
    },
  };
}
