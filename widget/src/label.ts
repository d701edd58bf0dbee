/** Tells a pasted list of ingredients from a question, well enough to allow more characters; the server judges for itself. */

const LIMIT = 1000, LABEL_LIMIT = 8000;                      // characters, as the server allows
const FEWEST = 8;                                            // names
const LONGEST = 45;                                          // characters a name, on average

/** Characters as the server counts them, not UTF-16 units. */
export const length = (text: string): number => [...text].length;

/** Return the names on a label, nothing where the text is none. */
export function namesOn(text: string): string[] {
  const parts = text.replace(/^[^,;\n]{0,40}?\bingredients?\s*:/i, '').split(/[,;\n•·|]/)
    .map((part) => part.trim().replace(/\.$/, '')).filter(Boolean);
  return parts.length >= FEWEST && text.length / parts.length < LONGEST ? parts : [];
}

export const limitFor = (text: string): number => (namesOn(text).length ? LABEL_LIMIT : LIMIT);
