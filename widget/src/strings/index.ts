/** Chooses the words by language. */

import { en, type Words } from './en';
import { es } from './es';

export type { Words };
export const LANGUAGES: Record<string, Words> = { en, es };

/** Return [language, words] for a tag such as "es-MX", English where there is no table for it; `label` is the page's for the launcher. */
export function wordsFor(tag: string, label?: string | null): [string, Words] {
  const [language = ''] = tag.toLowerCase().split('-');
  const name = LANGUAGES[language] ? language : 'en';
  return [name, { ...LANGUAGES[name]!, ...(label && { open: label }) }];
}
