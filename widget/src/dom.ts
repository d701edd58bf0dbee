/** Makes elements and drawings. Nothing here, or anywhere in the widget, takes HTML as a string. */

type Handler = { act(event: Event): void }['act'];
type Given = Record<string, string | false | null | undefined | Handler>;
export type Child = Node | string | null | undefined | false | '';

/**
 * Make an element. `given` is its class, or its attributes; functions become listeners (`onclick`), false and null are left
 * out. A class is a `::part` too, for the style sheet of the page.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, given: Given | string, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(typeof given === 'string' ? { class: given } : given)) {
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else if (value) node.setAttribute(name, value);
  }
  (node as { part: unknown }).part = node.className;
  node.append(...children.filter((child): child is Node | string => !!child));
  return node;
}

/** Drawn with a pen of 2 on a grid of 24 by 24. */
const ROUND = 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18';
const ICONS = {
  chat: 'M21 12a8 8 0 0 1-8 8H4l2-4a8 8 0 1 1 15-4zM9 12h0M13 12h0M17 12h0',
  close: 'M6 6l12 12M18 6L6 18',
  more: 'M12 5h0M12 12h0M12 19h0',
  send: 'M12 19V5M6 11l6-6 6 6',
  thumb: 'M7 11v9H4v-9zl4-7a2 2 0 0 1 2 2l-1 4h6a2 2 0 0 1 2 3l-1 5a2 2 0 0 1-2 2H7',
  check: 'M5 12l5 5 9-10',
  phone: 'M6 3h3l2 5-2 2a12 12 0 0 0 5 5l2-2 5 2v3a2 2 0 0 1-2 2A17 17 0 0 1 4 5a2 2 0 0 1 2-2z',
  info: `${ROUND}M12 11v5M12 8h0`,
  soon: `${ROUND}M12 7v5l3 2`,
  today: `${ROUND}M12 7v5l3 2`,
  emergency: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 7v6M12 17h0',
  fault: 'M12 4l9 16H3zM12 10v4M12 17h0',
};
export type Icon = keyof typeof ICONS;

/** Make an element of a drawing. */
const draw = (tag: string, name: string, value: string, ...inside: Node[]): Element => {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  node.setAttribute(name, value);
  node.append(...inside);
  return node;
};

export function icon(name: Icon): Element {
  const drawing = draw('svg', 'viewBox', '0 0 24 24', draw('path', 'd', ICONS[name]));
  drawing.ariaHidden = 'true';
  return drawing;
}

export const button = (label: Child, act: Handler, given?: Given, ...more: Child[]): HTMLButtonElement =>
  h('button', { type: 'button', onclick: act, ...given }, label, ...more);

/** A button that shows only a drawing; its name is read out and shown as a tip. */
export const iconButton = (name: Icon, label: string, act: Handler, given?: Given): HTMLButtonElement =>
  button(icon(name), act, { 'aria-label': label, title: label, ...given });

export const pill = (label: string, act: Handler, full?: boolean): HTMLButtonElement =>
  button(label, act, { class: full ? 'pill full' : 'pill', dir: 'auto' });

/** Words for those who listen. */
export const hidden = (text: string): HTMLElement => h('span', 'sr', text);

/** A quiet line of the widget's own. */
export const line = (text: string): HTMLElement => h('p', 'line', text);
