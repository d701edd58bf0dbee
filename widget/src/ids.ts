/** A new random name. Not crypto.randomUUID: that exists only on https and localhost. */
export const newId = (): string =>
  [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-');
