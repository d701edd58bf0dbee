/** Reads what the server sent; whatever does not have the form of a message is left out. */

import { text, type Json } from './api';
import type { Message, Urgency } from './types';

const list = (given: unknown): Json[] => (Array.isArray(given) ? given.filter((one) => one && typeof one === 'object') : []);
/** Return the objects of a list, of which only these texts are read; one without a title is nothing. */
const pick = <K extends string>(given: unknown, ...names: K[]) =>
  list(given).map((one) => Object.fromEntries(names.map((name) => [name, text(one[name])])) as Record<K | 'title', string>).filter(({ title }) => title);
const URGENT = ['soon', 'today', 'emergency'];

/** Return the messages of `{"messages": [...]}` that have something to show. */
export const messages = (given: Json): Message[] => list(given.messages).map((one) => {
  const urgency = text(one.urgency), topics = one.topics as unknown[] | undefined;
  const sources = pick(one.sources, 'title', 'publisher', 'url');
  return {
    id: text(one.id), mine: one.from === 'visitor', text: text(one.text), sources,
    choices: pick(one.choices, 'id', 'title'),
    urgency: (URGENT.includes(urgency) ? urgency : '') as Urgency | '',
    rated: urgency !== URGENT[2] && !!(sources.length || topics?.length),
  };
}).filter((one) => one.text.trim() || one.choices.length);
