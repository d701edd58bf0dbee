/** <guide-chat>: attributes and properties in, open(), close() and ask() to call. */

import { chatOf, type Chat } from './chat';
import { palette } from './colors';
import css from './style.css?inline';
import { wordsFor } from './strings';

const { currentScript } = document;
const HERE = currentScript ? new URL('.', (currentScript as HTMLScriptElement).src).href : '/chat/';
const ACCENT = '#0b6e6e';
const REFLECTED = ['endpoint', 'theme', 'position', 'greeting', 'accent', 'name', 'label', 'privacy'];

export class GuideChat extends HTMLElement {
  static observedAttributes = ['accent', 'name', 'lang', 'endpoint', 'label'];
  #shadow = this.attachShadow({ mode: 'open' });
  #chat: Chat | undefined;
  #end: AbortController | undefined;

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    this.#shadow.adoptedStyleSheets = [sheet];
  }

  connectedCallback(): void {
    const values = this as Record<string, unknown>;
    for (const name of REFLECTED) {
      if (!Object.hasOwn(this, name)) continue;
      const early = values[name];                            // set before this script had run
      delete values[name];
      values[name] = early;
    }
    this.#build();
  }

  disconnectedCallback(): void { this.#end?.abort(); }

  attributeChangedCallback(name: string): void { if (name === 'accent' || name === 'name') this.#paint(); else this.#build(); }

  /** Open the panel, as the launcher does. */
  open(): void { this.#chat?.open(true); }

  close(): void { this.#chat?.panel.dialog.close(); }

  /** Open the panel and ask `text` there as if the visitor had typed it. */
  ask(text: string): void {
    this.open();
    this.#chat?.say(text);
  }

  /** Make everything anew, in the language that is asked for; what was said comes back from the server. */
  #build(): void {
    if (!this.isConnected) return;
    const { dialog, box } = this.#chat?.panel || {}, tag = this.closest<HTMLElement>('[lang]')?.lang || '';
    this.#end?.abort();
    const { signal } = this.#end = new AbortController(), [language, words] = wordsFor(tag, this.getAttribute('label'));
    const base = new URL(this.getAttribute('endpoint') || HERE, document.baseURI).href.replace(/\/*$/, '/');
    const chat = this.#chat = chatOf(base, language, words, (name) => this.getAttribute(name), () => this.open(), () => this.#paint(), signal);
    this.#shadow.replaceChildren(chat.panel.root);
    this.#paint();
    chat.panel.box.text = box?.text || '';
    if (dialog?.open) chat.open();
    addEventListener('click', ({ target }) => {
      const wanted = this.getAttribute('open-on');
      if (wanted && (target as Element).closest(wanted)) this.open();
    }, { signal });
  }

  #paint(): void {
    if (!this.#chat) return;
    const { words, panel: { root, title }, kept: { kept: { site } } } = this.#chat, { style } = root;
    title.textContent = this.getAttribute('name') || site.name || words.open;
    for (const wanted of [ACCENT, site.accent, getComputedStyle(this).getPropertyValue('--guide-accent'), this.getAttribute('accent')]) {
      if (wanted) style.color = wanted;                      // what is no colour changes nothing
    }
    const { color } = getComputedStyle(root);
    style.color = '';
    for (const [name, value] of Object.entries(palette(color))) style.setProperty(name, value);
  }
}

for (const name of REFLECTED) {
  Object.defineProperty(GuideChat.prototype, name, {
    get(this: GuideChat) { return this.getAttribute(name); },
    set(this: GuideChat, value: string) { this.setAttribute(name, value); },
  });
}
