/*
 * The website widget: <script src="https://example.org/chat/widget.js" defer></script> <guide-chat></guide-chat>
 *
 * Attributes: endpoint (default: the folder of this script), accent (a CSS colour), name, theme (light | dark; default: as the
 * system). Methods: open(), close(), ask(text). Custom properties: --guide-accent, --guide-font, --guide-radius,
 * --guide-inset, --guide-width, --guide-height, --guide-z. Text becomes nodes, never HTML.
 */
(() => {
'use strict';

const HERE = document.currentScript ? document.currentScript.src : '';
const TIMEOUT = 12000, WAITS = [800, 2400];   // one attempt; before the first and the second retry, in ms
const LIMIT = 1000, LABEL_LIMIT = 8000;
const SMALL = '(max-width: 480px), (max-height: 420px)';   // here the panel is full screen and modal
const ACCENT = '#0b6e6e';

/** Every word that a visitor reads or hears. */
const WORDS = {
  open: 'Ask a question', close: 'Close the chat',
  title: 'Skin guide', role: 'A program, not a doctor', log: 'Conversation',
  you: 'You: ', assistant: 'Assistant: ', notice: 'Please note: ', choices: 'Choices: ', chosen: ', chosen',
  box: 'Your question', hint: 'Type your question', send: 'Send',
  count: (used, most) => `${used} of ${most} characters`, over: (by) => `${by} characters too long`,
  typing: 'Looking that up', slow: 'This takes longer than usual. Still trying',
  urgency: { soon: 'Have it looked at soon', today: 'Get help today', emergency: 'Emergency' },
  sources: (count) => `Sources (${count})`, newTab: ' (new tab)',
  helpful: 'Was this helpful?', yes: 'Helpful', no: 'Not helpful', thanks: 'Thank you',
  again: 'Try again', edit: 'Edit',
  offline: 'You seem to be offline. Please try again when you are connected.',
  network: 'The assistant could not be reached. Please try again.',
  timeout: 'No answer came in time. Please try again.',
  server: 'Something failed on our side. Please try again.',
  renewed: 'The earlier chat has ended. This is a new one.',
  restart: 'Start over', erase: 'Erase this chat', ask: {
    restart: 'Start a new chat? This one leaves the screen.',
    erase: 'Erase this chat, here and on our server, for good?' },
  erased: 'This chat is erased. You can start a new one at any time.', keep: 'Cancel',
};

/** Drawn with a pen of 2 on a grid of 24 by 24. */
const ICONS = {
  chat: 'M20.5 11.5a8 8 0 0 1-8 8H4l1.8-3.6a8 8 0 1 1 14.7-4.4zM9 11.5h.01M12.5 11.5h.01M16 11.5h.01',
  close: 'M6 6l12 12M18 6L6 18',
  restart: 'M4.5 4.5V10H10M5 10a7.7 7.7 0 1 1-.3 4.5',
  erase: 'M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7M10.3 11v5M13.7 11v5',
  send: 'M12 19V5.5M6 11l6-6 6 6',
  thumb: 'M7 11v8.5H4V11zM7 11l3.8-6.8a2 2 0 0 1 2.1 2.4L12.3 10h5.5a2 2 0 0 1 2 2.4l-1.2 5.5a2 2 0 0 1-2 1.6H7',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  info: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 11.5V16M12 8h.01',
  soon: 'M4.5 6h15v14h-15zM4.5 10.5h15M8.5 3.5V7M15.5 3.5V7',
  today: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 7.5V12l3 2',
  emergency: 'M8.3 3.5h7.4l4.8 4.8v7.4l-4.8 4.8H8.3l-4.8-4.8V8.3zM12 7.5V13M12 16.5h.01',
  fault: 'M12 4.5L21 20H3zM12 10.5v4M12 17.2h.01',
};

const DARK = `--bg:#14191d; --bubble:#242d33; --ink:#e9eef1; --soft:#a9b6be; --line:#3b4750; --a-ink:var(--a-dark);
  --soon:#f1d56b; --today:#ffc188; --emergency:#ffb4ab; color-scheme: dark;`;
const HIDDEN = 'position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;';
const STYLE = `
:host { all: initial; display: block; }
*, ::before { box-sizing: border-box; }
.root { --bg:#fff; --bubble:#eff3f4; --ink:#1a2328; --soft:#55626a; --line:#d3dce0; --a-ink:var(--a-light);
  --soon:#6b5000; --today:#943c00; --emergency:#9c1219;
  --r: var(--guide-radius, 18px); --in: var(--guide-inset, 20px); color: var(--ink); line-height: 1.5; color-scheme: light;
  font-family: var(--guide-font, system-ui, sans-serif); }
@media (prefers-color-scheme: dark) { :host(:not([theme=light])) .root { ${DARK} } }
:host([theme=dark]) .root { ${DARK} }
button, textarea { font: inherit; color: inherit; }
button { cursor: pointer; border: 1px solid transparent; background: none; padding: 0; }
:focus-visible { outline: 3px solid var(--a-ink); outline-offset: 2px; }
svg { width: 1.4em; height: 1.4em; flex: none; fill: none; stroke: currentColor; stroke-width: 2;
  stroke-linecap: round; stroke-linejoin: round; }
.sr { ${HIDDEN} }
.launcher, dialog { position: fixed; z-index: var(--guide-z, 1000); inset: auto; bottom: var(--in); inset-inline-end: var(--in); }
.launcher { display: flex; align-items: center; gap: .55em; min-height: 56px; padding: 0 1.35em 0 1.15em; border-radius: 28px;
  background: var(--a); color: var(--on-a); font-weight: 600; box-shadow: 0 6px 20px #0003, 0 1px 4px #0003; }
.open .launcher { visibility: hidden; }

dialog { width: min(var(--guide-width, 25em), calc(100vw - 2 * var(--in))); max-width: none; max-height: none;
  height: min(var(--guide-height, 42em), calc(100vh - 2 * var(--in))); margin: 0; padding: 0; overflow: hidden; color: inherit;
  background: var(--bg); border: 1px solid var(--line); border-radius: var(--r); box-shadow: 0 18px 50px #0004, 0 3px 12px #0002; }
dialog[open] { display: flex; flex-direction: column; animation: rise .18s ease-out; }
dialog:focus-visible, .log:focus-visible { outline-offset: -3px; }
@keyframes rise { from { opacity: 0; transform: translateY(14px); } }
header { display: flex; align-items: center; padding: .6em .6em .6em 1em; background: var(--a); color: var(--on-a); }
header :focus-visible { outline-color: currentColor; outline-offset: -3px; }
.face, .tool, .send, .thumb { display: grid; place-items: center; flex: none; width: 40px; height: 40px; border-radius: 50%; }
.face { margin-inline-end: .75em; border: 1px solid; }
.who { flex: 1; min-width: 0; line-height: 1.3; overflow-wrap: anywhere; }
h2 { margin: 0; font-size: 1.05em; font-weight: 600; }
.who p { font-size: .8em; }
.tool { width: 44px; height: 44px; }
p, ul { margin: 0; }

.log { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; padding: 1em; position: relative;
  display: flex; flex-direction: column; gap: .8em; overflow-wrap: anywhere; }
.log > * { flex: none; }
.notice, .fault { display: flex; gap: .6em; padding: .7em .9em; border: 1px solid var(--line); border-radius: 12px; font-size: .93em; }
.notice { font-size: .82em; color: var(--soft); }
.notice div, .fault > div { flex: 1; min-width: 0; }
.fault { border-color: var(--emergency); }
.fault > svg { color: var(--emergency); }
:is(p, ul) + :is(p, ul) { margin-top: .6em; }
ul { padding-inline-start: 1.2em; }
li + li { margin-top: .25em; }
a { color: var(--a-ink); text-underline-offset: 2px; }
.msg { max-width: 90%; align-self: flex-start; animation: rise .18s ease-out; }
.bubble { padding: .7em .95em; border: 1px solid transparent; border-radius: var(--r); background: var(--bubble); }
.bot .bubble { border-end-start-radius: 5px; }
.you { align-self: flex-end; }
.you .bubble { background: var(--a); color: var(--on-a); border-end-end-radius: 5px;
  white-space: pre-wrap; max-height: 11.5em; overflow-y: auto; }
.soon { --u: var(--soon); }
.today { --u: var(--today); }
.emergency { --u: var(--emergency); }
.urgent { max-width: 100%; align-self: stretch; }
.urgent .bubble { --a-ink: var(--u); --line: var(--u); background: color-mix(in srgb, var(--u) 12%, var(--bg));
  border-color: var(--u); border-inline-start-width: 6px; }
.word { display: flex; align-items: center; gap: .45em; margin-bottom: .35em; font-weight: 700; color: var(--u); }
details { margin-top: .6em; padding-top: .5em; border-top: 1px solid var(--line); font-size: .85em; }
summary { cursor: pointer; color: var(--u, var(--soft)); font-weight: 600; padding-block: .15em; }
.under { display: flex; align-items: center; margin-top: .15em; font-size: .82em; color: var(--soft); }
.thumb[aria-pressed=true] { color: var(--a-ink); }
.thumb[aria-pressed=true] svg { fill: currentColor; fill-opacity: .25; }
.down svg { transform: rotate(180deg); }
.choices, .acts { display: flex; flex-wrap: wrap; gap: .5em; margin-top: .65em; }
.pill { display: inline-flex; align-items: center; gap: .35em; min-height: 44px; padding: .4em 1em; text-align: start;
  border: 1.5px solid var(--a-ink); border-radius: 22px; color: var(--a-ink); background: var(--bg); font-weight: 500; }
.pill:disabled { cursor: default; color: var(--soft); border-color: var(--line); }
.pill.chosen { color: var(--ink); background: var(--bubble); border-color: var(--soft); }
.pill svg { width: 1.1em; height: 1.1em; }
.pill.full { background: var(--a); border-color: var(--a); color: var(--on-a); }
.line { align-self: center; text-align: center; font-size: .85em; color: var(--soft); }
.typing { display: flex; align-items: center; gap: .6em; color: var(--soft); font-size: .85em; padding-inline-start: .3em; }
i { margin-inline-end: -.3em; width: 7px; height: 7px; border-radius: 50%; background: currentColor; animation: blink 1.2s infinite; }
i + i { animation-delay: .2s; }
i + i + i { animation-delay: .4s; }
@keyframes blink { 0%, 60%, 100% { opacity: .3; } 30% { opacity: 1; } }

form { padding: .7em .8em calc(.7em + env(safe-area-inset-bottom, 0px)); border-top: 1px solid var(--line); }
.field { display: flex; align-items: flex-end; gap: .4em; padding: 4px; border: 1.5px solid var(--soft); border-radius: 25px; }
.field:focus-within { border-color: var(--a-ink); box-shadow: 0 0 0 1.5px var(--a-ink); }
textarea { flex: 1; min-width: 0; resize: none; border: 0; background: none; font-size: max(1em, 16px); line-height: 1.4;
  padding-block: 9px; padding-inline: 13px 4px; height: 41px; max-height: 9.5em; }
textarea:focus-visible { outline: 0; }
::placeholder { color: var(--soft); opacity: 1; }
.send { background: var(--a); color: var(--on-a); }
.send[aria-disabled=true] { background: var(--bubble); color: var(--soft); cursor: default; }
.count { font-size: .78em; color: var(--soft); text-align: end; padding: .3em .6em 0; }
.count:empty { display: none; }
.count.over { color: var(--emergency); font-weight: 600; }
.veil { position: absolute; inset: 0; display: grid; place-items: center; padding: 1.2em; background: #0007; }
.ask { width: 100%; padding: 1.2em; border-radius: 14px; background: var(--bg); border: 1px solid var(--line); }
.ask .acts { justify-content: flex-end; }

@media (hover: hover) {
  .tool:hover, .thumb:hover, .pill:enabled:hover { background: color-mix(in srgb, currentColor 14%, transparent); }
  .root .full:hover, .send:hover, .launcher:hover { background: var(--a); filter: brightness(1.15); }
}
@media ${SMALL} {
  .launcher { padding: 0; width: 58px; height: 58px; justify-content: center; }
  .launcher span { ${HIDDEN} }
  dialog { inset: 0; width: 100vw; height: 100vh; height: var(--vh, 100dvh); border: 0; border-radius: 0; }
  header { padding-top: calc(.6em + env(safe-area-inset-top, 0px)); }
}
@media (pointer: coarse) { .thumb { width: 44px; height: 44px; } }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; } i { opacity: .6; } }
@media (forced-colors: active) { i { background: CanvasText; } }`;

/** Make an element; functions become listeners, false and null are left out. */
function h(tag, given, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given || {})) {
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child != null && child !== false));
  return node;
}

function icon(name) {
  const [svg, path] = ['svg', 'path'].map((tag) => document.createElementNS('http://www.w3.org/2000/svg', tag));
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

const iconButton = (name, label, given) => h('button', { type: 'button', 'aria-label': label, title: label, ...given }, icon(name));
const pill = (label, act, given) => h('button', { type: 'button', class: 'pill', onclick: act, ...given }, label);
const hidden = (text) => h('span', { class: 'sr' }, text);
const titled = (list) => (list || []).filter((one) => one?.title);
const pause = (ms) => new Promise((go) => setTimeout(go, ms));
const length = (text) => [...text].length;   // characters as the server counts them, not UTF-16 units
const number = (value) => value.toLocaleString('en');

/** crypto.randomUUID exists only on https and localhost. */
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(16)).join('-');
}

/** Many short parts: such a text may be longer than a question. */
function looksLikeLabel(text) {
  const parts = text.split(/[,;\n•·|]/);
  return parts.length > 7 && text.length / parts.length < 45;
}

/* Text to nodes: paragraphs, "- " lists, **strong**, links to https, tel and mailto */

function link(label, address) {
  let url;
  try { url = new URL(address); } catch { return null; }
  if (!['https:', 'tel:', 'mailto:'].includes(url.protocol)) return null;
  if (url.protocol !== 'https:') return h('a', { href: url.href }, label);
  return h('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer' }, label, hidden(WORDS.newTab));
}

function inline(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(/\*\*([^*]+)\*\*|\[([^[\]]+)\]\(([^()\s]+)\)/g)) {
    const made = found[1] ? h('strong', {}, ...inline(found[1])) : link(found[2], found[3]);
    if (!made) continue;                                   // any other address stays the text that it is
    nodes.push(text.slice(from, found.index), made);
    from = found.index + found[0].length;
  }
  return [...nodes, text.slice(from)].filter((node) => node !== '');
}

function render(text) {
  const blocks = [];
  let block = null;
  for (const line of String(text).split(/\r?\n/)) {
    const item = /^\s*- +(.*)/.exec(line), kind = item ? 'UL' : 'P';
    if (!line.trim()) { block = null; continue; }
    const first = !block || block.tagName !== kind;
    if (first) blocks.push(block = h(kind), ' ');           // the spaces are for `spoken`
    if (item) block.append(h('li', {}, ...inline(item[1])), ' ');
    else block.append(...(first ? [] : [h('br')]), ...inline(line));
  }
  return blocks;
}

const spoken = (text) => h('div', {}, ...render(text)).textContent.trim();

/* Colours: any accent stays readable (4.5 : 1, WCAG 2.2, 1.4.3) */

/** Relative luminance by the plain power curve: its error is within the margin of `readable`. */
const luminance = ([r, g, b]) => 0.2126 * (r / 255) ** 2.2 + 0.7152 * (g / 255) ** 2.2 + 0.0722 * (b / 255) ** 2.2;

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Move `rgb` towards black or white (`end`, 0 or 255) until it stands out from `ground`. */
function readable(rgb, ground, end) {
  let mixed = rgb;
  for (let step = 1; contrast(mixed, ground) < 4.8 && step <= 20; step++) mixed = rgb.map((c) => c + (end - c) * step / 20);
  return `rgb(${mixed.map(Math.round).join(' ')})`;
}

/* Talking to the server */

/** Return the answer's JSON. Retries what may pass, with the same body, hence the same message id: the server runs it once.
 *  Throws an Error with `kind` offline, network, timeout or server, and `status`, 0 where no answer came. */
async function call(url, method, token, body, onWait) {
  const headers = { ...(token && { Authorization: `Bearer ${token}` }), ...(body && { 'Content-Type': 'application/json' }) };
  for (let tried = 0; ; tried++) {
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), TIMEOUT);
    let kind = 'server', status = 0, data = null;
    try {
      const answer = await fetch(url, { method, headers, body: body && JSON.stringify(body), cache: 'no-store', signal: stop.signal });
      status = answer.ok ? 502 : answer.status;             // 502: an answer without JSON, not by this server
      data = JSON.parse(await answer.text() || '{}');
      if (answer.ok) return data;
    } catch {
      if (!status) kind = stop.signal.aborted ? 'timeout' : navigator.onLine === false ? 'offline' : 'network';
    } finally {
      clearTimeout(timer);
    }
    if (tried === WAITS.length || kind === 'offline' || (status && status < 500)) {
      throw Object.assign(new Error(data?.error?.message || WORDS[kind]), { kind, status });
    }
    onWait?.();
    await pause(WAITS[tried] * (0.8 + 0.4 * Math.random()));
  }
}

class GuideChat extends HTMLElement {
  static observedAttributes = ['accent', 'name'];
  #site = {}; #base; #end; #opener;
  #record = null;                 // the session: {token, expires, life, greeting, notice}
  #opening = null;                // promise of the session's record
  #queue = Promise.resolve();     // one turn after the other
  #busy = 0;                      // turns in that queue
  #age = 0;                       // grows with each new chat, so that a late reply to an older one is dropped
  #welcomed = false;
  #small = matchMedia(SMALL);
  #title = h('h2', { id: 'title' });
  #log = h('div', { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': WORDS.log, tabindex: '0' });
  #live = h('div', { class: 'sr', role: 'status', 'aria-live': 'polite' });
  #typing = h('div', { class: 'typing' }, h('i'), h('i'), h('i'), h('span'));
  #count = h('div', { class: 'count', id: 'count' });
  #send = iconButton('send', WORDS.send, { type: 'submit', class: 'send' });
  #box = h('textarea', { 'aria-label': WORDS.box, 'aria-describedby': 'count', placeholder: WORDS.hint,
    enterkeyhint: 'send', oninput: () => this.#measure(), onkeydown: (event) => this.#key(event) });
  #launcher = h('button', { type: 'button', class: 'launcher', 'aria-expanded': 'false', 'aria-haspopup': 'dialog',
    onclick: () => this.open() }, icon('chat'), h('span', {}, WORDS.open));
  #dialog = h('dialog', { tabindex: '-1', 'aria-labelledby': 'title', onclose: () => this.#closed(),
    onkeydown: (event) => this.#escape(event), oncancel: (event) => { event.preventDefault(); this.close(); } },
  h('header', {},
    h('span', { class: 'face' }, icon('chat')),
    h('div', { class: 'who' }, this.#title, h('p', {}, WORDS.role)),
    iconButton('restart', WORDS.restart, { class: 'tool',
      onclick: (event) => this.#confirm(event, 'restart', () => this.#restart()) }),
    iconButton('erase', WORDS.erase, { class: 'tool',
      onclick: (event) => this.#confirm(event, 'erase', () => this.#line(() => this.#erase())) }),
    iconButton('close', WORDS.close, { class: 'tool', onclick: () => this.close() })),
  this.#log,
  h('form', { onsubmit: (event) => { event.preventDefault(); this.#submit(); } },
    h('div', { class: 'field' }, this.#box, this.#send), this.#count),
  this.#live);
  #root = h('div', { class: 'root' }, this.#launcher, this.#dialog);

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      shadow.adoptedStyleSheets = [sheet];
    } catch {
      shadow.append(h('style', {}, STYLE));   // Safari before 16.4: needs style-src 'unsafe-inline'
    }
    shadow.append(this.#root);
    this.#measure();
  }

  connectedCallback() {
    const folder = this.getAttribute('endpoint') || (HERE ? new URL('.', HERE) : '/chat/');
    this.#base = new URL(folder, document.baseURI).href.replace(/\/*$/, '/');
    this.#end = new AbortController();
    const on = (target, name, act) => target.addEventListener(name, act, { signal: this.#end.signal });
    on(window, 'storage', ({ key }) => { if (key === this.#base && !this.#busy) this.#anew(); });   // another tab went on
    on(this.#small, 'change', () => { if (this.#dialog.open) { this.#dialog.close(); this.#show(); } });
    if (window.visualViewport) on(visualViewport, 'resize', () => this.#root.style.setProperty('--vh', `${visualViewport.height}px`));
    this.#paint();
    if (this.hasAttribute('accent') && this.hasAttribute('name')) return;
    this.#call('GET', 'site.json').then((site) => { this.#site = site; this.#paint(); }, () => { /* the defaults stand */ });
  }

  disconnectedCallback() { this.#end.abort(); }

  attributeChangedCallback() { this.#paint(); }

  /** Open the panel, as the launcher does. */
  open() {
    if (this.#dialog.open) return;
    const active = this.getRootNode().activeElement;
    this.#opener = active && active !== this && active !== document.body ? active : this.#launcher;
    this.#show();
    if (!this.#opening) this.#line(() => this.#greet());
  }

  close() { this.#dialog.close(); }

  /** Open the panel and ask `text` there as if the visitor had typed it. */
  ask(text) {
    this.open();
    this.#say({ text }, text);
  }

  #paint() {
    const style = this.#root.style;
    this.#title.textContent = this.getAttribute('name') || this.#site.name || WORDS.title;
    const wanted = [this.getAttribute('accent'), getComputedStyle(this).getPropertyValue('--guide-accent').trim(), this.#site.accent];
    style.color = wanted.find((color) => color && CSS.supports('color', color)) || ACCENT;
    const rgb = (getComputedStyle(this.#root).color.match(/[\d.]+/g) || [11, 110, 110]).slice(0, 3).map(Number);
    style.color = '';
    style.setProperty('--a', `rgb(${rgb.join(' ')})`);
    style.setProperty('--on-a', contrast(rgb, [255, 255, 255]) >= 4.5 ? '#fff' : '#10181c');
    style.setProperty('--a-light', readable(rgb, [239, 243, 244], 0));     // --bubble, light and dark
    style.setProperty('--a-dark', readable(rgb, [36, 45, 51], 255));
  }

  /* Opening and closing */

  #show() {
    if (this.#small.matches) this.#dialog.showModal(); else this.#dialog.show();
    this.#root.classList.add('open');
    this.#launcher.setAttribute('aria-expanded', 'true');
    this.#focus();
  }

  #closed() {
    if (this.#dialog.open) return;                          // it was only shown anew, for another width
    this.#root.classList.remove('open');
    this.#launcher.setAttribute('aria-expanded', 'false');
    (this.#opener?.isConnected ? this.#opener : this.#launcher).focus();
  }

  /** To the text box, but on a phone to the panel: there the keyboard would cover what is to be read. */
  #focus() { (matchMedia('(pointer: coarse)').matches ? this.#dialog : this.#box).focus(); }

  #escape(event) {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    const cancel = this.#root.querySelector('.veil .pill');
    if (cancel) cancel.click(); else this.close();
  }

  /** Ask in the panel itself; until it is answered nothing else there can be used. */
  #confirm({ currentTarget: from }, name, act) {
    const rest = [...this.#dialog.children].filter((node) => node !== this.#live);
    const leave = () => { veil.remove(); rest.forEach((node) => { node.inert = false; }); };
    const cancel = pill(WORDS.keep, () => { leave(); from.focus(); });
    const go = pill(WORDS[name], () => { leave(); this.#focus(); act(); }, { class: 'pill full' });
    const veil = h('div', { class: 'veil' }, h('div', { class: 'ask', role: 'alertdialog', 'aria-labelledby': 'question' },
      h('p', { id: 'question' }, WORDS.ask[name]), h('div', { class: 'acts' }, cancel, go)));
    rest.forEach((node) => { node.inert = true; });
    this.#dialog.append(veil);
    cancel.focus();
  }

  #key(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;   // 229: IME, Safari
    event.preventDefault();
    this.#submit();
  }

  /** Count, grow the box, and return whether what is in it may be sent. */
  #measure() {
    const box = this.#box, text = box.value.trim();
    const used = length(text), most = looksLikeLabel(text) ? LABEL_LIMIT : LIMIT, over = used > most;
    const told = over ? WORDS.over(number(used - most)) : used ? WORDS.count(number(used), number(most)) : '';
    if (over && !this.#count.classList.contains('over')) this.#announce(told);
    this.#count.classList.toggle('over', over);
    this.#count.textContent = told;
    this.#send.setAttribute('aria-disabled', String(over || !used));
    box.style.height = '';
    if (box.scrollHeight > box.clientHeight) box.style.height = `${box.scrollHeight}px`;
    return used > 0 && !over;
  }

  #submit() {
    if (!this.#measure()) return;
    const text = this.#box.value.trim();
    this.#box.value = '';
    this.#measure();
    this.#say({ text }, text);
  }

  /* The session */

  #call(method, path, token, body) {
    return call(this.#base + path, method, token, body, () => { this.#typing.lastChild.textContent = WORDS.slow; });
  }

  /** Return the session's record: a kept one, once its history is shown, or a new one. */
  #ready() {
    this.#log.querySelector('.start')?.remove();
    this.#opening ||= this.#begin();
    return this.#opening.catch((fault) => { this.#opening = null; throw fault; });
  }

  /** localStorage holds the session from page to page; where that is blocked, memory holds it until the page is left. */
  #keep(record) {
    this.#record = record;
    try {
      if (record) localStorage.setItem(this.#base, JSON.stringify(record)); else localStorage.removeItem(this.#base);
    } catch { /* blocked */ }
  }

  #kept() {
    try { this.#record = JSON.parse(localStorage.getItem(this.#base)); } catch { /* blocked */ }
    if (!(this.#record?.expires > Date.now())) this.#keep(null);
    return this.#record;
  }

  async #begin() {
    const kept = this.#kept(), age = this.#age;
    try {
      const { messages } = kept ? await this.#call('GET', 'history', kept.token) : {};
      if (kept && age === this.#age && !this.#welcomed) this.#welcome(kept, messages || []);
      if (kept) return kept;
    } catch (fault) {
      if (fault.status !== 401) throw fault;
    }
    const { token, expires_at: until, greeting, notice } = await this.#call('POST', 'sessions');
    if (!token) throw new Error();
    const life = Date.parse(until) - Date.now() || 864e5;
    const record = { token, life, expires: Date.now() + life, greeting, notice };
    if (age !== this.#age) return record;
    this.#keep(record);
    if (this.#welcomed) return record;
    this.#welcome(record, []);
    this.#announce([greeting && this.#aloud(greeting), notice && WORDS.notice + spoken(notice)].filter(Boolean).join(' '));
    return record;
  }

  async #greet() {
    try { await this.#ready(); } catch (fault) { this.#fault(fault, () => this.#greet(), null, 'start'); }
  }

  /** Put the notice, the greeting and what was said before on top of the log. */
  #welcome({ greeting, notice }, messages) {
    const said = greeting && !messages.some(({ id }) => id === greeting.id) ? [greeting, ...messages] : messages;
    const rows = said.map((message, at) => {
      if (message.from === 'visitor') return this.#visitor(message.text || '');
      const next = said.slice(at + 1).find(({ from }) => from === 'visitor');
      return this.#bubble(message, next ? next.text || '' : null);
    });
    this.#welcomed = true;
    this.#log.prepend(...(notice ? [this.#note(notice)] : []), ...rows);
    if (messages.length) this.#log.scrollTop = this.#log.scrollHeight;
  }

  /** Empty the panel for a new chat; nothing of the old one can come back. */
  #empty(welcomed) {
    this.#age += 1;
    this.#busy = 0;
    this.#queue = Promise.resolve();
    this.#opening = null;
    this.#welcomed = welcomed;
    this.#log.replaceChildren();
  }

  #anew() {
    this.#empty(false);
    if (this.#dialog.open) this.#line(() => this.#greet());
  }

  #restart() {
    this.#keep(null);
    this.#anew();
  }

  async #erase() {
    const { token, notice } = this.#record || {};
    try {
      if (token) await this.#call('DELETE', 'sessions/current', token);
    } catch (fault) {
      if (fault.status !== 401) return this.#fault(fault, () => this.#erase());
    }
    this.#keep(null);
    this.#empty(true);
    this.#log.append(...(notice ? [this.#note(notice)] : []), h('p', { class: 'line' }, WORDS.erased));
    this.#announce(WORDS.erased);
  }

  /* A turn */

  /** Run `act` after what is under way, with the typing line shown. */
  #line(act) {
    const age = this.#age;
    this.#wait(1);
    this.#queue = this.#queue.then(act).catch(console.error).finally(() => { if (age === this.#age) this.#wait(-1); });
  }

  #wait(more) {
    this.#busy += more;
    this.#typing.lastChild.textContent = WORDS.typing;
    if (this.#busy) this.#add(this.#typing); else this.#typing.remove();
  }

  #say(content, title) {
    const row = this.#visitor(title);
    this.#add(row);
    this.#line(() => this.#exchange(newId(), content, title, row));
  }

  async #exchange(id, content, title, row) {
    const age = this.#age;
    try {
      const { messages } = await this.#deliver(id, content, title);
      const shown = (messages || []).filter((message) => message && (message.text || message.choices?.length));
      if (age !== this.#age) return;
      if (!shown.length) throw new Error();
      this.#add(...shown.map((message) => this.#bubble(message, null)), ...(this.#busy > 1 ? [this.#typing] : []));
      this.#log.scrollTop = row.offsetTop - 12;             // a reply is read from its beginning, below the question
      this.#announce(shown.map((message) => this.#aloud(message)).join(' '));
    } catch (fault) {
      if (age !== this.#age) return;
      const next = fault.status === 409 ? newId() : id;     // that id is taken by another message
      const edit = content.text && (() => { row.remove(); this.#box.value = content.text; this.#measure(); this.#box.focus(); });
      this.#fault(fault, () => this.#exchange(next, content, title, row), edit);
    }
  }

  async #deliver(id, content, title) {
    const { token } = await this.#ready();
    let reply;
    try {
      reply = await this.#call('POST', 'messages', token, { id, ...content });
    } catch (fault) {
      if (fault.status !== 401) throw fault;
      this.#keep(null);
      this.#opening = null;
      const renewed = await this.#ready();
      this.#typing.before(h('p', { class: 'line' }, WORDS.renewed));
      reply = await this.#call('POST', 'messages', renewed.token, { id, text: content.text || title });
    }
    const { token: fresh } = reply || {};
    if (fresh && this.#record) {
      this.#keep({ ...this.#record, token: fresh, expires: Date.now() + this.#record.life });
      this.#opening = Promise.resolve(this.#record);
    }
    return reply;
  }

  #add(...nodes) {
    this.#log.append(...nodes);
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  #announce(text) {
    const said = h('div', {}, text);
    this.#live.append(said);
    setTimeout(() => said.remove(), 1500);                  // under 100 ms it is lost, kept for good it is read again
  }

  #aloud({ text, urgency, choices }) {
    const titles = titled(choices).map(({ title }) => title).join('; '), word = WORDS.urgency[urgency];
    return [word && `${word}.`, spoken(text || ''), titles && `${WORDS.choices}${titles}.`].filter(Boolean).join(' ');
  }

  #note(text) { return h('div', { class: 'notice' }, icon('info'), h('div', {}, hidden(WORDS.notice), ...render(text))); }

  #visitor(text) {
    return h('div', { class: 'msg you' }, hidden(WORDS.you), h('div', { class: 'bubble', tabindex: length(text) > 300 && '0' }, text));
  }

  /** `used` is the text that the visitor went on with, null where these choices are still open. */
  #bubble({ id, text, choices, sources, urgency, topics }, used) {
    const word = WORDS.urgency[urgency], list = titled(sources);
    return h('div', { class: `msg bot ${word ? `urgent ${urgency}` : ''}` }, hidden(WORDS.assistant),
      h('div', { class: 'bubble' }, word && h('div', { class: 'word' }, icon(urgency), word), ...render(text || ''),
        list.length > 0 && h('details', {}, h('summary', {}, WORDS.sources(list.length)),
          h('ul', {}, ...list.map(({ title, publisher, url }) => h('li', {}, link(title, url) || title, publisher && `, ${publisher}`))))),
      id && urgency !== 'emergency' && (list.length || topics?.length) ? this.#thumbs(id) : null,
      this.#choices(titled(choices), used));
  }

  #choices(choices, used) {
    if (!choices.length) return null;
    const buttons = choices.map(({ id, title }) => pill(title, () => {
      settle(title);
      this.#focus();
      this.#say({ choice: id }, title);
    }));
    const settle = (taken) => buttons.forEach((button) => {
      button.disabled = true;
      if (button.textContent !== taken) return;
      button.classList.add('chosen');
      button.prepend(icon('check'));
      button.append(hidden(WORDS.chosen));
    });
    if (used !== null) settle(used);
    return h('div', { class: 'choices' }, ...buttons);
  }

  #thumbs(id) {
    const told = h('span');
    const mark = (pressed) => both.forEach((button) => button.setAttribute('aria-pressed', String(button === pressed)));
    const both = [[true, 'up', WORDS.yes], [false, 'down', WORDS.no]].map(([helpful, way, label]) => iconButton('thumb', label, {
      class: `thumb ${way}`, 'aria-pressed': 'false', onclick: async ({ currentTarget }) => {
        mark(currentTarget);
        try {
          const { token } = await this.#ready();
          await this.#call('POST', 'feedback', token, { message_id: id, helpful });
          told.textContent = WORDS.thanks;
        } catch (fault) { mark(null); told.textContent = fault.message; }
        this.#announce(told.textContent);
      } }));
    return h('div', { class: 'under', role: 'group', 'aria-label': WORDS.helpful }, ...both, told);
  }

  /** Say what failed, always with a way to try again; `edit` puts the message back into the text box. */
  #fault({ kind, message }, again, edit, place = '') {
    const text = kind ? message : WORDS.server;             // without a kind it is our own mistake
    const leave = (act) => () => { row.remove(); this.#focus(); act(); };
    const row = h('div', { class: `fault ${place}` }, icon('fault'), h('div', {}, ...render(text), h('div', { class: 'acts' },
      pill(WORDS.again, leave(() => this.#line(again)), { class: 'pill full' }), edit && pill(WORDS.edit, leave(edit)))));
    this.#add(row);
    this.#announce(spoken(text));
  }
}

if (!customElements.get('guide-chat')) customElements.define('guide-chat', GuideChat);
})();
