/** What jsdom lacks of a browser, no more than the widget needs. */

import { beforeEach } from 'vitest';

Object.assign(HTMLDialogElement.prototype, {
  show(this: HTMLDialogElement) { this.open = true; },
  showModal(this: HTMLDialogElement) { this.open = true; this.setAttribute('data-modal', ''); },
  close(this: HTMLDialogElement) { this.open = false; this.dispatchEvent(new Event('close')); },
});
Element.prototype.scrollIntoView = () => {};
Object.assign(CSSStyleSheet.prototype, { replaceSync() {} });
Object.assign(performance, { measure() {} });
for (const [property, attribute] of [['ariaExpanded', 'aria-expanded'], ['ariaDisabled', 'aria-disabled'], ['ariaHidden', 'aria-hidden']]) {
  Object.defineProperty(Element.prototype, property!, { configurable: true,
    get(this: Element) { return this.getAttribute(attribute!); }, set(this: Element, value: string) { this.setAttribute(attribute!, value); } });
}

/** What the media queries answer, by a part of the query. */
export const media: Record<string, boolean> = {};
window.matchMedia = (query) => Object.assign(new EventTarget(), { matches: Object.keys(media).some((part) => query.includes(part) && media[part]) }) as unknown as MediaQueryList;
Object.assign(globalThis, { visualViewport: null });

beforeEach(() => {
  document.body.replaceChildren();
  localStorage.clear();
  for (const part of Object.keys(media)) delete media[part];
});
