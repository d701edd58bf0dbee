/*
 * <guide-chat>, the website widget: one file, no dependency, no request to any other host than its endpoint.
 *
 *   <script src="https://example.org/chat/widget.js" defer></script>
 *   <guide-chat></guide-chat>
 *
 * Attributes: endpoint (default: the folder this script came from), accent (a CSS colour), name, theme (light | dark;
 * default: as the visitor's system), position (start | end). Methods: open(), close(), ask(text).
 * CSS custom properties: --guide-accent, --guide-font, --guide-radius, --guide-inset, --guide-width, --guide-height, --guide-z.
 * It passes a policy without 'unsafe-inline' and with require-trusted-types-for 'script': text becomes nodes, never HTML.
 */
(() => {
'use strict';

const HERE = document.currentScript ? document.currentScript.src : '';
const TIMEOUT = 12000;                // one attempt, in ms
const WAITS = [800, 2400];            // before the first and the second retry, in ms
const LIMIT = 1000, LABEL_LIMIT = 8000;
const SMALL = '(max-width: 480px), (max-height: 420px)';   // the panel fills the screen and is modal
const ACCENT = '#0b6e6e';

/** Every word a visitor reads or hears; a site may change them: customElements.get('guide-chat').words.open = '...' */
const WORDS = {
  open: 'Ask a question', openNew: 'Ask a question, new reply waiting', close: 'Close the chat',
  title: 'Skin guide', role: 'A computer program, not a doctor', log: 'Conversation',
  you: 'You: ', assistant: 'Assistant: ', notice: 'Please note: ', choicesAre: 'Choices: ', chosen: ', chosen',
  box: 'Your question', hint: 'Type your question', send: 'Send',
  count: (used, most) => `${used} of ${most} characters`, over: (by) => `${by} characters too long`,
  typing: 'Looking that up', slow: 'This takes longer than usual. Still trying',
  soon: 'Have it looked at soon', today: 'Get help today', emergency: 'Emergency',
  sources: (count) => `Sources (${count})`, newTab: 'opens in a new tab',
  helpful: 'Was this helpful?', yes: 'Helpful', no: 'Not helpful', thanks: 'Thank you', notSent: 'Could not be sent',
  again: 'Try again', edit: 'Change my message',
  offline: 'You seem to be offline. Your message is kept here and can be sent when the connection is back.',
  network: 'The assistant could not be reached. Please check your connection and try again.',
  timeout: 'No answer came in time. Please try again.',
  failed: 'Something failed on our side. Please try again.',
  renewed: 'The earlier chat has ended, so this is a new one.',
  restart: 'Start over', restartAsk: 'Start a new chat? This one leaves your screen.', restartYes: 'Start over',
  erase: 'Erase this chat', eraseAsk: 'Erase this chat? All its messages are deleted, here and on our server, for good.',
  eraseYes: 'Erase', erased: 'This chat has been erased. You can ask something new at any time.', keep: 'Cancel',
};

/** Drawn on a 24 by 24 grid with a line of 2. */
const ICONS = {
  chat: 'M20.5 11.5a8 8 0 0 1-8 8H4l1.8-3.6a8 8 0 1 1 14.7-4.4zM9 11.5h.01M12.5 11.5h.01M16 11.5h.01',
  close: 'M6 6l12 12M18 6L6 18',
  restart: 'M4.5 4.5v5.5h5.5M5 10a7.7 7.7 0 1 1-.3 4.5',
  trash: 'M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7M10.3 11v5M13.7 11v5',
  send: 'M12 19V5.5M6 11l6-6 6 6',
  thumb: 'M7 11v8.5H4V11zM7 11l3.8-6.8a2 2 0 0 1 2.1 2.4L12.3 10h5.5a2 2 0 0 1 2 2.4l-1.2 5.5a2 2 0 0 1-2 1.6H7',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  info: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 11.5v4.5M12 8h.01',
  soon: 'M4.5 6h15v14h-15zM4.5 10.5h15M8.5 3.5V7M15.5 3.5V7',
  today: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 7.5V12l3 2',
  emergency: 'M8.3 3.5h7.4l4.8 4.8v7.4l-4.8 4.8H8.3l-4.8-4.8V8.3zM12 7.5v5.5M12 16.5h.01',
  fault: 'M12 4.5l9 15.5H3zM12 10.5v4M12 17.2h.01',
  away: 'M9 5H5v14h14v-4M13 5h6v6M19 5l-8 8',
};

const DARK = `--bg:#14191d; --bubble:#242d33; --ink:#e9eef1; --soft:#a9b6be; --line:#3b4750; --a-ink:var(--a-dark);
  --soon:#f1d56b; --soon-bg:#332c12; --today:#ffc188; --today-bg:#3a2611; --emergency:#ffb4ab; --emergency-bg:#411b1d;`;
const CSS = `
:host { all: initial; display: block; }
:host([hidden]) { display: none; }
*, ::before { box-sizing: border-box; }
.root { --a: ${ACCENT}; --on-a: #fff; --a-light: ${ACCENT}; --a-dark: #5fc4c4;
  --bg: #fff; --bubble: #eff3f4; --ink: #1a2328; --soft: #55626a; --line: #d3dce0; --a-ink: var(--a-light);
  --soon: #664b00; --soon-bg: #fff6d6; --today: #8a3a00; --today-bg: #ffefdf; --emergency: #97141a; --emergency-bg: #fdeaea;
  --r: var(--guide-radius, 18px); --in: var(--guide-inset, 20px); color: var(--ink); line-height: 1.5;
  font-family: var(--guide-font, system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif); }
@media (prefers-color-scheme: dark) { :host(:not([theme=light])) .root { ${DARK} color-scheme: dark; } }
:host([theme=dark]) .root { ${DARK} color-scheme: dark; }
button, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
button { cursor: pointer; border: 1px solid transparent; background: none; padding: 0; touch-action: manipulation; }
:focus-visible { outline: 3px solid var(--a-ink); outline-offset: 2px; }
svg { inline-size: 1.4em; block-size: 1.4em; flex: none; fill: none; stroke: currentColor; stroke-width: 2;
  stroke-linecap: round; stroke-linejoin: round; }
.sr { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.launcher { position: fixed; z-index: var(--guide-z, 1000); inset-block-end: var(--in); inset-inline-end: var(--in);
  display: flex; align-items: center; gap: .55em; min-block-size: 56px; padding: 0 1.35em 0 1.15em; border-radius: 28px;
  background: var(--a); color: var(--on-a); font-weight: 600; box-shadow: 0 6px 20px #0003, 0 1px 4px #0003;
  transition: transform .15s, box-shadow .15s; }
.launcher:hover { transform: translateY(-2px); box-shadow: 0 10px 26px #0004, 0 2px 5px #0003; }
.launcher:focus-visible { outline-offset: 3px; }
.open .launcher { visibility: hidden; }
.new .launcher::before { content: ""; position: absolute; inset-block-start: 0; inset-inline-end: .35em; inline-size: 14px;
  block-size: 14px; border-radius: 50%; background: #d3222a; border: 2px solid #fff; }
:host([position=start]) .launcher, :host([position=start]) dialog { inset-inline: var(--in) auto; }

dialog { position: fixed; z-index: var(--guide-z, 1000); inset: auto; inset-block-end: var(--in); inset-inline-end: var(--in);
  inline-size: min(var(--guide-width, 25em), calc(100vw - 2 * var(--in))); max-inline-size: none; max-block-size: none;
  block-size: min(var(--guide-height, 42em), calc(100vh - 2 * var(--in))); margin: 0; padding: 0; overflow: hidden;
  color: inherit; background: var(--bg); border: 1px solid var(--line); border-radius: var(--r);
  box-shadow: 0 18px 50px #0004, 0 3px 12px #0002; }
dialog[open] { display: flex; flex-direction: column; animation: rise .18s ease-out; }
dialog:focus-visible { outline-offset: -3px; }
@keyframes rise { from { opacity: 0; transform: translateY(14px); } }
header { display: flex; align-items: center; gap: .25em; padding: .6em .6em .6em 1em; background: var(--a); color: var(--on-a); }
header :focus-visible { outline-color: currentColor; outline-offset: -3px; }
.face { display: grid; place-items: center; inline-size: 2.5em; block-size: 2.5em; margin-inline-end: .5em; flex: none;
  border-radius: 50%; border: 1px solid; opacity: .95; }
.who { flex: 1; min-inline-size: 0; line-height: 1.3; }
h2 { margin: 0; font-size: 1.05em; font-weight: 650; overflow-wrap: anywhere; }
.who p { margin: 0; font-size: .8em; }
.tool { display: grid; place-items: center; inline-size: 44px; block-size: 44px; flex: none; border-radius: 12px; }
.tool + .tool { margin-inline-start: -4px; }
.tool:hover { background: color-mix(in srgb, currentColor 16%, transparent); }

.log { flex: 1; min-block-size: 0; overflow-y: auto; overscroll-behavior: contain; padding: 1em; position: relative;
  display: flex; flex-direction: column; gap: .8em; scrollbar-width: thin; overflow-wrap: anywhere; }
.log:focus-visible { outline-offset: -3px; }
.log > * { flex: none; }
.notice { display: flex; gap: .6em; padding: .7em .9em; font-size: .82em; color: var(--soft); border: 1px solid var(--line);
  border-radius: 12px; }
.notice div, .fault > div { flex: 1; min-inline-size: 0; }
p, ul { margin: 0; }
p + p, p + ul, ul + p, ul + ul { margin-block-start: .6em; }
ul { padding-inline-start: 1.2em; }
li + li { margin-block-start: .25em; }
a { color: var(--a-ink); text-underline-offset: 2px; }
a svg { inline-size: .85em; block-size: .85em; margin-inline-start: .25em; vertical-align: -.05em; }
.msg { max-inline-size: 90%; animation: rise .18s ease-out; }
.bubble { padding: .7em .95em; border: 1px solid transparent; border-radius: var(--r); }
.bot { align-self: flex-start; }
.bot .bubble { background: var(--bubble); border-end-start-radius: 5px; }
.you { align-self: flex-end; }
.you .bubble { background: var(--a); color: var(--on-a); border-end-end-radius: 5px; white-space: pre-wrap;
  max-block-size: 11.5em; overflow-y: auto; scrollbar-width: thin; }
.word { display: flex; align-items: center; gap: .45em; margin-block-end: .35em; font-weight: 700; }
.soon { --u: var(--soon); --u-bg: var(--soon-bg); }
.today { --u: var(--today); --u-bg: var(--today-bg); }
.emergency { --u: var(--emergency); --u-bg: var(--emergency-bg); }
.urgent { max-inline-size: 100%; align-self: stretch; }
.urgent .bubble { background: var(--u-bg); border-color: var(--u); border-inline-start-width: 6px; border-radius: 12px; }
.urgent .word, .urgent a { color: var(--u); }
.under { display: flex; align-items: center; margin-block-start: .15em; font-size: .82em; color: var(--soft); }
details { margin-block-start: .6em; padding-block-start: .5em; border-block-start: 1px solid var(--line); font-size: .85em; }
.urgent details { border-color: var(--u); }
summary { cursor: pointer; color: var(--soft); font-weight: 600; border-radius: 4px; padding-block: .15em; }
.urgent summary { color: var(--u); }
details ul { margin-block-start: .4em; }
.thumb { display: grid; place-items: center; inline-size: 38px; block-size: 38px; border-radius: 50%; color: var(--soft); }
.thumb:hover { background: var(--bubble); color: var(--ink); }
.thumb[aria-pressed=true] { color: var(--a-ink); }
.thumb[aria-pressed=true] svg { fill: currentColor; fill-opacity: .25; }
.thumb svg { inline-size: 1.35em; block-size: 1.35em; }
.down svg { transform: rotate(180deg); }
.choices { display: flex; flex-wrap: wrap; gap: .5em; margin-block-start: .6em; }
.choices button, .plain { display: inline-flex; align-items: center; gap: .35em; min-block-size: 42px; padding: .4em 1em;
  border: 1.5px solid var(--a-ink); border-radius: 21px; color: var(--a-ink); background: var(--bg); font-weight: 550;
  text-align: start; transition: background .12s; }
.choices button:enabled:hover, .plain:hover { background: color-mix(in srgb, var(--a-ink) 12%, var(--bg)); }
.choices button:disabled { cursor: default; color: var(--soft); border-color: var(--line); }
.choices button.chosen { color: var(--ink); background: var(--bubble); border-color: var(--soft); }
.choices svg { inline-size: 1.1em; block-size: 1.1em; }
.plain.full { background: var(--a); border-color: var(--a); color: var(--on-a); }
.plain.full:hover { filter: brightness(1.1); }
.line { align-self: center; text-align: center; font-size: .85em; color: var(--soft); }
.fault { display: flex; gap: .6em; padding: .75em .9em; border: 1px solid var(--emergency); border-radius: 12px; font-size: .93em; }
.fault > svg { color: var(--emergency); margin-block-start: .05em; }
.acts { display: flex; flex-wrap: wrap; gap: .5em; margin-block-start: .65em; }
.typing { display: flex; align-items: center; gap: .6em; align-self: flex-start; color: var(--soft); font-size: .85em;
  padding-inline-start: .3em; }
.dots { display: flex; gap: 4px; }
.dots i { inline-size: 7px; block-size: 7px; border-radius: 50%; background: currentColor; animation: blink 1.2s infinite; }
.dots i:nth-child(2) { animation-delay: .2s; }
.dots i:nth-child(3) { animation-delay: .4s; }
@keyframes blink { 0%, 60%, 100% { opacity: .3; } 30% { opacity: 1; } }

form { padding: .7em .8em calc(.7em + env(safe-area-inset-bottom, 0px)); border-block-start: 1px solid var(--line); }
.field { display: flex; align-items: flex-end; gap: .4em; padding: 4px; border: 1.5px solid var(--soft); border-radius: 25px; }
.field:focus-within { border-color: var(--a-ink); box-shadow: 0 0 0 1.5px var(--a-ink); }
textarea { flex: 1; min-inline-size: 0; resize: none; border: 0; outline: 0; background: none; font-size: max(1em, 16px);
  line-height: 1.4; padding: 9px 4px 9px 13px; padding-inline: 13px 4px; block-size: 41px; max-block-size: 9.5em;
  scrollbar-width: thin; }
textarea::placeholder { color: var(--soft); opacity: 1; }
.send { display: grid; place-items: center; inline-size: 40px; block-size: 40px; flex: none; border-radius: 50%;
  background: var(--a); color: var(--on-a); }
.send[aria-disabled=true] { background: var(--bubble); color: var(--soft); cursor: default; }
.count { font-size: .78em; color: var(--soft); text-align: end; padding: .3em .6em 0; }
.count:empty { display: none; }
.count.over { color: var(--emergency); font-weight: 650; }

.veil { position: absolute; inset: 0; display: grid; place-items: center; padding: 1.2em; background: #0007; }
.ask { inline-size: 100%; padding: 1.2em; border-radius: 14px; background: var(--bg); border: 1px solid var(--line); }
.ask .acts { justify-content: flex-end; }

@media ${SMALL} {
  .launcher { padding: 0; inline-size: 58px; block-size: 58px; justify-content: center; }
  .launcher span { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
  :host .root dialog { inset: 0; inline-size: 100vw; block-size: 100vh; block-size: var(--vh, 100dvh); border: 0; border-radius: 0; }
  header { padding-block-start: calc(.6em + env(safe-area-inset-top, 0px)); }
}
@media (pointer: coarse) { .choices button, .plain, .thumb { min-block-size: 44px; min-inline-size: 44px; } }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } .dots i { opacity: .6; } }
@media (forced-colors: active) {
  .launcher, header, .bubble, .send, .tool, .thumb { border: 1px solid ButtonText; }
  .thumb[aria-pressed=true], .choices button.chosen { border-color: Highlight; }
  .dots i { background: CanvasText; }
}
@media print { :host { display: none; } }`;

/* ---- Small tools -------------------------------------------------------------------------------------------------- */

/** Make an element: `onclick` and its like become listeners; false and null leave an attribute or a child out. */
function h(tag, given, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given || {})) {
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child != null && child !== false));
  return node;
}

function icon(name, label) {
  const [svg, path] = ['svg', 'path'].map((tag) => document.createElementNS('http://www.w3.org/2000/svg', tag));
  svg.setAttribute('viewBox', '0 0 24 24');
  if (label) { svg.setAttribute('role', 'img'); svg.setAttribute('aria-label', label); }
  else svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/** crypto.randomUUID exists only on https and localhost. */
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

const pause = (ms) => new Promise((go) => setTimeout(go, ms));
const length = (text) => [...text].length;   // characters as the server counts them, not UTF-16 units
const number = (value) => value.toLocaleString();

/** An ingredient list may be longer than a question: many short parts, or the word itself in front of several. */
function looksLikeLabel(text) {
  const parts = text.split(/[,;\n•·|]/).map((part) => part.trim()).filter(Boolean);
  if (/\bingredients\s*:|\binci\b/i.test(text) && parts.length > 3) return true;
  return parts.length > 7 && parts.filter((part) => part.length <= 45).length >= parts.length * 0.8;
}

/* ---- Text to nodes: paragraphs, "- " lists, **strong**, links to https, tel and mailto ----------------------------- */

function link(label, address) {
  let url;
  try { url = new URL(address); } catch { return null; }
  if (!['https:', 'tel:', 'mailto:'].includes(url.protocol)) return null;
  if (url.protocol !== 'https:') return h('a', { href: url.href }, label);
  return h('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer' }, label, icon('away', WORDS.newTab));
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
    const item = /^\s*- +(.*)/.exec(line);
    const kind = item ? 'UL' : 'P';
    const rest = !item && block && block.tagName === 'UL' && /^\s{2,}\S/.test(line);   // goes on below its "- "
    if (!line.trim()) { block = null; continue; }
    if (rest) { block.lastChild.append(' ', ...inline(line.trim())); continue; }
    const first = !block || block.tagName !== kind;
    if (first) blocks.push(block = h(kind.toLowerCase()));
    if (item) block.append(h('li', {}, ...inline(item[1])));
    else block.append(...(first ? [] : [h('br')]), ...inline(line));
  }
  return blocks;
}

/** The same as one reads it aloud: no signs, one space between the parts. */
function spoken(text) {
  return render(text).flatMap((block) => (block.tagName === 'UL' ? [...block.children] : [block]))
    .map((node) => node.textContent).join(' ');
}

/* ---- Colours: whatever the owner picks, text on it and links in it stay readable (4.5:1, WCAG 2.2, 1.4.3) ----------- */

function luminance(rgb) {
  const [r, g, b] = rgb.map((part) => { const c = part / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Move `rgb` towards black or white (`end`, 0 or 255) until it stands out from `ground`. */
function readable(rgb, ground, end) {
  let mixed = rgb;
  for (let step = 1; contrast(mixed, ground) < 4.5 && step <= 20; step++) mixed = rgb.map((c) => c + (end - c) * step / 20);
  return `rgb(${mixed.map(Math.round).join(' ')})`;
}

/* ---- Talking to the server ----------------------------------------------------------------------------------------- */

/** `kind` is offline, network, timeout or server; `status` is 0 where no answer came. */
class Fault extends Error {
  constructor(kind, message, status = 0) { super(message || WORDS[kind] || WORDS.failed); Object.assign(this, { kind, status }); }
}

async function once(url, { method, token, body }) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  const headers = { Accept: 'application/json' };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers['Content-Type'] = 'application/json';
  try {
    const answer = await fetch(url, { method, headers, body: body && JSON.stringify(body), cache: 'no-store', signal: stop.signal });
    const text = await answer.text();
    let data = null;
    try { data = text ? JSON.parse(text) : null; } catch { if (answer.ok) throw new Fault('server', '', 502); }
    if (answer.ok) return data || {};
    throw new Fault('server', data && data.error && data.error.message, answer.status);
  } catch (fault) {
    if (fault instanceof Fault) throw fault;
    throw new Fault(stop.signal.aborted ? 'timeout' : navigator.onLine === false ? 'offline' : 'network');
  } finally {
    clearTimeout(timer);
  }
}

/** Try again where that may help: same body, hence the same message id, so that the server runs it only once. */
async function insist(url, options, onWait = () => {}) {
  for (let tried = 0; ; tried++) {
    try {
      return await once(url, options);
    } catch (fault) {
      const passing = fault.kind === 'server' ? fault.status >= 500 : fault.kind !== 'offline';
      if (!passing || tried === WAITS.length) throw fault;
      onWait();
      await pause(WAITS[tried] * (0.8 + 0.4 * Math.random()));
    }
  }
}

/** The session's record {token, expires, life, greeting, notice} in localStorage; in memory alone where that is blocked. */
class Keep {
  constructor(key) { this.key = key; this.record = null; }

  read() {
    try { this.record = JSON.parse(localStorage.getItem(this.key)); } catch { /* memory holds it */ }
    if (this.record && !(this.record.token && this.record.expires > Date.now())) this.clear();
    return this.record;
  }

  write(record) {
    this.record = record;
    try { localStorage.setItem(this.key, JSON.stringify(record)); } catch { /* memory holds it */ }
    return record;
  }

  clear() {
    this.record = null;
    try { localStorage.removeItem(this.key); } catch { /* nothing was kept */ }
  }
}

/* ---- The element --------------------------------------------------------------------------------------------------- */

class GuideChat extends HTMLElement {
  static words = WORDS;
  static observedAttributes = ['accent', 'name'];
  #root; #launcher; #dialog; #title; #log; #live; #form; #box; #send; #count; #typing; #opener; #end;
  #site = {}; #keep; #base;
  #opening = null;      // promise of the session's record
  #queue = Promise.resolve();
  #busy = 0; #age = 0;  // age: grows with each new chat, so that a late reply to an older one is dropped
  #welcomed = false;
  #small = matchMedia(SMALL);

  connectedCallback() {
    if (!this.#root) this.#build();
    this.#base = new URL(this.getAttribute('endpoint') || (HERE ? new URL('.', HERE) : '/chat/'), document.baseURI).href.replace(/\/*$/, '/');
    this.#keep = new Keep(`guide-chat ${this.#base}`);
    this.#end = new AbortController();
    const on = (target, name, act) => target.addEventListener(name, act, { signal: this.#end.signal });
    on(window, 'online', () => this.#log.querySelectorAll('[data-kind=offline] .plain.full').forEach((button) => button.click()));
    on(window, 'storage', (event) => this.#otherTab(event));
    on(this.#small, 'change', () => { if (this.#dialog.open) { this.#dialog.close(); this.#show(); } });
    if (window.visualViewport) {                            // keeps the text box above a phone's keyboard
      on(visualViewport, 'resize', () => this.#root.style.setProperty('--vh', `${visualViewport.height}px`));
    }
    this.#paint();
    if (!(this.hasAttribute('accent') && this.hasAttribute('name'))) this.#askSite();
  }

  disconnectedCallback() { this.#end.abort(); }

  attributeChangedCallback() { if (this.#root) this.#paint(); }

  /** Open the panel, as the launcher does. */
  open() {
    if (this.#dialog.open) return;
    const active = this.getRootNode().activeElement;
    this.#opener = active && active !== this && active !== document.body ? active : this.#launcher;
    this.#show();
    if (!this.#opening) this.#line(() => this.#greet());
  }

  /** Close the panel; the focus goes back to where it was opened. */
  close() { this.#dialog.close(); }

  /** Open the panel and ask `text` there as if the visitor had typed it. */
  ask(text) {
    this.open();
    this.#say({ text }, text);
  }

  /* -- building ------------------------------------------------------------------------------------------------------ */

  #build() {
    const tool = (name, label, act) => h('button', { type: 'button', class: 'tool', 'aria-label': label, title: label, onclick: act }, icon(name));
    this.#launcher = h('button', { type: 'button', class: 'launcher', part: 'launcher', 'aria-expanded': 'false', 'aria-haspopup': 'dialog',
      onclick: () => this.open() }, icon('chat'), h('span', {}, WORDS.open));
    this.#title = h('h2', { id: 'title' });
    const header = h('header', { part: 'header' }, h('span', { class: 'face' }, icon('chat')),
      h('div', { class: 'who' }, this.#title, h('p', {}, WORDS.role)),
      tool('restart', WORDS.restart, (event) => this.#confirm(event, WORDS.restartAsk, WORDS.restartYes, () => this.#restart())),
      tool('trash', WORDS.erase, (event) => this.#confirm(event, WORDS.eraseAsk, WORDS.eraseYes, () => this.#line(() => this.#erase()))),
      tool('close', WORDS.close, () => this.close()));
    this.#log = h('div', { class: 'log', part: 'log', role: 'log', 'aria-live': 'off', 'aria-label': WORDS.log, tabindex: '0' });
    this.#live = h('div', { class: 'sr', role: 'status', 'aria-live': 'polite' });
    this.#box = h('textarea', { rows: '1', 'aria-label': WORDS.box, 'aria-describedby': 'count', placeholder: WORDS.hint, enterkeyhint: 'send',
      autocomplete: 'off', oninput: () => this.#measure(), onkeydown: (event) => this.#key(event) });
    this.#send = h('button', { class: 'send', 'aria-label': WORDS.send, title: WORDS.send }, icon('send'));
    this.#count = h('div', { class: 'count', id: 'count' });
    this.#form = h('form', { onsubmit: (event) => { event.preventDefault(); this.#submit(); } },
      h('div', { class: 'field' }, this.#box, this.#send), this.#count);
    this.#dialog = h('dialog', { part: 'panel', tabindex: '-1', 'aria-labelledby': 'title', onkeydown: (event) => this.#escape(event),
      oncancel: (event) => { event.preventDefault(); this.close(); }, onclose: () => this.#closed() },
    header, this.#log, this.#form, this.#live);
    this.#typing = h('div', { class: 'typing' }, h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')), h('span'));
    this.#root = h('div', { class: 'root' }, this.#launcher, this.#dialog);
    const shadow = this.attachShadow({ mode: 'open' });
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS);
      shadow.adoptedStyleSheets = [sheet];
    } catch {
      shadow.append(h('style', {}, CSS));                   // Safari before 16.4; needs style-src 'unsafe-inline'
    }
    shadow.append(this.#root);
    this.#measure();
  }

  async #askSite() {
    try { this.#site = await once(`${this.#base}site.json`, { method: 'GET' }); this.#paint(); } catch { /* the defaults stand */ }
  }

  #paint() {
    const style = this.#root.style;
    this.#title.textContent = this.getAttribute('name') || this.#site.name || WORDS.title;
    const wanted = [this.getAttribute('accent'), getComputedStyle(this).getPropertyValue('--guide-accent').trim(), this.#site.accent];
    style.color = wanted.find((color) => color && CSS_supports(color)) || ACCENT;
    const rgb = (getComputedStyle(this.#root).color.match(/[\d.]+/g) || [11, 110, 110]).slice(0, 3).map(Number);
    style.color = '';
    style.setProperty('--a', `rgb(${rgb.join(' ')})`);
    style.setProperty('--on-a', contrast(rgb, [255, 255, 255]) >= 4.5 ? '#fff' : '#10181c');
    style.setProperty('--a-light', readable(rgb, [239, 243, 244], 0));
    style.setProperty('--a-dark', readable(rgb, [36, 45, 51], 255));
  }

  /* -- opening and closing --------------------------------------------------------------------------------------------- */

  #show() {
    if (this.#small.matches) this.#dialog.showModal(); else this.#dialog.show();
    this.#root.classList.add('open');
    this.#root.classList.remove('new');
    this.#launcher.setAttribute('aria-expanded', 'true');
    this.#launcher.removeAttribute('aria-label');
    this.#focus();
  }

  #closed() {
    if (this.#dialog.open) return;                          // it was only shown anew, for another width
    this.#root.classList.remove('open');
    this.#launcher.setAttribute('aria-expanded', 'false');
    (this.#opener && this.#opener.isConnected ? this.#opener : this.#launcher).focus();
  }

  /** To the text box, but on a phone to the panel: there the keyboard would cover what is to be read. */
  #focus() { (matchMedia('(pointer: coarse)').matches ? this.#dialog : this.#box).focus(); }

  #escape(event) {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    const cancel = this.#root.querySelector('.veil .keep');
    if (cancel) cancel.click(); else this.close();
  }

  /** Ask in the panel itself; until it is answered nothing else there can be used. */
  #confirm(event, question, yes, act) {
    const from = event.currentTarget;
    const rest = [...this.#dialog.children].filter((node) => node !== this.#live);
    const leave = () => { veil.remove(); rest.forEach((node) => { node.inert = false; }); };
    const no = h('button', { type: 'button', class: 'plain keep', onclick: () => { leave(); from.focus(); } }, WORDS.keep);
    const go = h('button', { type: 'button', class: 'plain full', onclick: () => { leave(); this.#focus(); act(); } }, yes);
    const veil = h('div', { class: 'veil' }, h('div', { class: 'ask', role: 'alertdialog', 'aria-modal': 'true', 'aria-labelledby': 'question' },
      h('p', { id: 'question' }, question), h('div', { class: 'acts' }, no, go)));
    rest.forEach((node) => { node.inert = true; });
    this.#dialog.append(veil);
    no.focus();
  }

  /* -- the text box ---------------------------------------------------------------------------------------------------- */

  #key(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;   // 229: IME, Safari
    event.preventDefault();
    this.#submit();
  }

  /** Count, grow the box, and return whether what is in it may be sent. */
  #measure() {
    const text = this.#box.value.trim();
    const used = length(text), most = looksLikeLabel(text) ? LABEL_LIMIT : LIMIT, over = used > most;
    if (over && !this.#count.classList.contains('over')) this.#announce(WORDS.over(number(used - most)));
    this.#count.classList.toggle('over', over);
    this.#count.textContent = over ? WORDS.over(number(used - most)) : used ? WORDS.count(number(used), number(most)) : '';
    this.#send.setAttribute('aria-disabled', String(over || !used));
    this.#box.style.blockSize = '';
    if (this.#box.scrollHeight > this.#box.clientHeight) this.#box.style.blockSize = `${this.#box.scrollHeight}px`;
    return used > 0 && !over;
  }

  #submit() {
    if (!this.#measure()) return;
    const text = this.#box.value.trim();
    this.#box.value = '';
    this.#measure();
    this.#say({ text }, text);
  }

  /* -- the session ----------------------------------------------------------------------------------------------------- */

  #call(method, path, token, body) {
    return insist(this.#base + path, { method, token, body }, () => { this.#typing.lastChild.textContent = WORDS.slow; });
  }

  /** Return the session's record; at first from a kept one, with its history, otherwise from a new one. */
  #ready() {
    this.#opening = this.#opening || this.#begin();
    return this.#opening.catch((fault) => { this.#opening = null; throw fault; });
  }

  async #begin() {
    const kept = this.#keep.read(), age = this.#age;
    if (!kept) return this.#fresh();
    try {
      const { messages } = await this.#call('GET', 'history', kept.token);
      if (age === this.#age && !this.#welcomed) this.#restore(kept, messages || []);
      return kept;
    } catch (fault) {
      if (fault.status !== 401) throw fault;
      this.#keep.clear();
      return this.#fresh();
    }
  }

  async #fresh() {
    const age = this.#age;
    const { token, expires_at: until, greeting, notice } = await this.#call('POST', 'sessions');
    if (!token) throw new Fault('server');
    const expires = typeof until === 'number' ? until * (until < 1e12 ? 1000 : 1) : Date.parse(until);
    const life = expires > Date.now() ? expires - Date.now() : 864e5;
    if (age !== this.#age) return { token };
    const record = this.#keep.write({ token, life, expires: Date.now() + life, greeting, notice });
    if (!this.#welcomed) {
      this.#restore(record, []);
      this.#announce([...(greeting ? [this.#aloud(greeting)] : []), ...(notice ? [WORDS.notice + spoken(notice)] : [])].join(' '));
    }
    return record;
  }

  async #greet() {
    try { await this.#ready(); } catch (fault) { this.#fault(fault, () => this.#line(() => this.#greet()), null, 'start'); }
  }

  /** Put the notice, the greeting and what was said before on top of the log. */
  #restore(record, messages) {
    const { greeting, notice } = record;
    const said = greeting && !messages.some(({ id }) => id === greeting.id) ? [greeting, ...messages] : messages;
    const nodes = said.map((message, at) => {
      if (message.from === 'visitor') return this.#visitor(message.text || '');
      const next = said.slice(at + 1).find(({ from }) => from === 'visitor');
      return this.#bubble(message, next ? next.text || '' : null);
    });
    this.#welcomed = true;
    this.#log.prepend(...(notice ? [this.#note(notice)] : []), ...nodes);
    if (messages.length) this.#log.scrollTop = this.#log.scrollHeight;
  }

  /** Empty the panel for a new chat; nothing of the old one can come back. */
  #empty() {
    this.#age += 1;
    this.#busy = 0;
    this.#queue = Promise.resolve();
    this.#opening = null;
    this.#keep.clear();
    this.#log.replaceChildren();
  }

  #restart() {
    this.#empty();
    this.#welcomed = false;
    this.#line(() => this.#greet());
  }

  async #erase() {
    const { token, notice } = this.#keep.record || {};
    try {
      if (token) await this.#call('DELETE', 'sessions/current', token);
    } catch (fault) {
      if (fault.status !== 401) { this.#fault(fault, () => this.#line(() => this.#erase())); return; }
    }
    this.#empty();
    this.#log.append(...(notice ? [this.#note(notice)] : []), h('p', { class: 'line' }, WORDS.erased));
    this.#announce(WORDS.erased);
  }

  #otherTab({ key, newValue }) {
    const mine = this.#keep.record;
    if (key !== this.#keep.key || !mine || (newValue && newValue.includes(mine.token))) return;
    const kept = newValue && JSON.parse(newValue);
    this.#empty();
    if (kept) this.#keep.write(kept);
    this.#welcomed = false;
    if (this.#dialog.open) this.#line(() => this.#greet());
  }

  /* -- a turn ---------------------------------------------------------------------------------------------------------- */

  /** Run `act` after what is under way, with the typing line shown. */
  #line(act) {
    const age = this.#age;
    this.#wait(1);
    this.#queue = this.#queue.then(act).finally(() => { if (age === this.#age) this.#wait(-1); });
  }

  #wait(more) {
    this.#busy += more;
    this.#typing.lastChild.textContent = WORDS.typing;
    if (this.#busy) this.#add(this.#typing); else this.#typing.remove();
  }

  #say(content, title) {
    const row = this.#visitor(title);
    this.#typing.remove();
    this.#add(row);
    this.#line(() => this.#exchange(newId(), content, title, row));
  }

  async #exchange(id, content, title, row) {
    const age = this.#age;
    this.#log.querySelector('[data-kind=start]')?.remove();
    try {
      const { messages } = await this.#deliver(id, content, title);
      const shown = (messages || []).filter((message) => message && (message.text || (message.choices || []).length));
      if (age !== this.#age) return;
      if (!shown.length) throw new Fault('server');
      this.#typing.remove();
      this.#add(...shown.map((message) => this.#bubble(message, null)));
      this.#bring(row);
      this.#announce(shown.map((message) => this.#aloud(message)).join(' '));
      this.#root.classList.toggle('new', !this.#dialog.open);
      if (!this.#dialog.open) this.#launcher.setAttribute('aria-label', WORDS.openNew);
    } catch (fault) {
      if (age !== this.#age) return;
      const next = fault.status === 409 ? newId() : id;     // that id is taken by another message
      const edit = content.text && (() => { row.remove(); this.#box.value = content.text; this.#measure(); this.#box.focus(); });
      this.#fault(fault, () => this.#line(() => this.#exchange(next, content, title, row)), edit, fault.kind);
    }
  }

  async #deliver(id, content, title) {
    const { token } = await this.#ready();
    let reply;
    try {
      reply = await this.#call('POST', 'messages', token, { id, ...content });
    } catch (fault) {
      if (fault.status !== 401) throw fault;
      this.#keep.clear();
      this.#opening = null;
      const renewed = await this.#ready();
      this.#typing.before(h('p', { class: 'line' }, WORDS.renewed));
      // a choice belongs to the conversation that offered it; a new one can only understand its title
      reply = await this.#call('POST', 'messages', renewed.token, { id, text: content.text || title });
    }
    const record = this.#keep.record;
    if (record) this.#keep.write({ ...record, expires: Date.now() + record.life });   // use renews a token
    return reply;
  }

  /* -- the log --------------------------------------------------------------------------------------------------------- */

  #add(...nodes) {
    this.#log.append(...nodes);
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  /** Scroll so that a reply is read from its beginning, below the question. */
  #bring(row) { this.#log.scrollTop = Math.min(row.offsetTop - 12, this.#log.scrollHeight); }

  #announce(text) {
    const said = h('div', {}, text);
    this.#live.append(said);
    setTimeout(() => said.remove(), 1500);                  // under 100 ms it is lost, kept for good it is read again
  }

  #aloud({ text, urgency, choices }) {
    const titles = (choices || []).map((choice) => choice && choice.title).filter(Boolean);
    return [WORDS[this.#level(urgency)] && `${WORDS[urgency]}.`, spoken(text || ''), titles.length && `${WORDS.choicesAre}${titles.join('; ')}.`]
      .filter(Boolean).join(' ');
  }

  #level(urgency) { return ['soon', 'today', 'emergency'].includes(urgency) ? urgency : ''; }

  #note(text) { return h('div', { class: 'notice' }, icon('info'), h('div', {}, h('span', { class: 'sr' }, WORDS.notice), ...render(text))); }

  #visitor(text) {
    return h('div', { class: 'msg you' }, h('span', { class: 'sr' }, WORDS.you),
      h('div', { class: 'bubble', tabindex: length(text) > 400 && '0' }, text));
  }

  /** `used` is the text that the visitor went on with, null where these choices are still open. */
  #bubble({ id, text, choices, sources, urgency, topics }, used) {
    const level = this.#level(urgency);
    const list = (sources || []).filter((source) => source && source.title);
    return h('div', { class: `msg bot ${level && `urgent ${level}`}`, 'data-id': id }, h('span', { class: 'sr' }, WORDS.assistant),
      h('div', { class: 'bubble' }, level && h('div', { class: 'word' }, icon(level), WORDS[level]), ...render(text || ''),
        list.length > 0 && h('details', {}, h('summary', {}, WORDS.sources(list.length)),
          h('ul', {}, ...list.map(({ title, publisher, url }) => h('li', {}, link(title, url) || title, publisher ? `, ${publisher}` : ''))))),
      (list.length > 0 || (topics || []).length > 0) && id && this.#thumbs(id),
      this.#choices((choices || []).filter((choice) => choice && choice.title), used));
  }

  #choices(choices, used) {
    if (!choices.length) return null;
    const buttons = choices.map(({ id, title }) => h('button', { type: 'button', disabled: used !== null, onclick: () => {
      close(title);
      this.#focus();
      this.#say({ choice: id }, title);
    } }, title));
    const close = (taken) => buttons.forEach((button) => {
      const chosen = button.textContent === taken;
      if (chosen) { button.prepend(icon('check')); button.append(h('span', { class: 'sr' }, WORDS.chosen)); }
      button.classList.toggle('chosen', chosen);
      button.disabled = true;
    });
    if (used !== null) close(used);
    return h('div', { class: 'choices' }, ...buttons);
  }

  #thumbs(id) {
    const told = h('span', {});
    const thumb = (helpful, label) => h('button', { type: 'button', class: `thumb ${helpful ? 'up' : 'down'}`, 'aria-label': label,
      title: label, 'aria-pressed': 'false', onclick: async ({ currentTarget }) => {
        const mark = (pressed) => both.forEach((button) => button.setAttribute('aria-pressed', String(button === pressed)));
        mark(currentTarget);
        try {
          const { token } = await this.#ready();
          await this.#call('POST', 'feedback', token, { message_id: id, helpful });
          told.textContent = WORDS.thanks;
        } catch { mark(null); told.textContent = WORDS.notSent; }
        this.#announce(told.textContent);
      } }, icon('thumb'));
    const both = [thumb(true, WORDS.yes), thumb(false, WORDS.no)];
    return h('div', { class: 'under', role: 'group', 'aria-label': WORDS.helpful }, ...both, told);
  }

  #fault(fault, again, edit, kind) {
    const leave = () => { row.remove(); this.#focus(); };
    const row = h('div', { class: 'fault', 'data-kind': kind }, icon('fault'), h('div', {}, ...render(fault.message), h('div', { class: 'acts' },
      h('button', { type: 'button', class: 'plain full', onclick: () => { leave(); again(); } }, WORDS.again),
      edit && h('button', { type: 'button', class: 'plain', onclick: () => { leave(); edit(); } }, WORDS.edit))));
    this.#add(row);
    this.#announce(spoken(fault.message));
  }
}

const CSS_supports = (color) => window.CSS.supports('color', color);

if (!customElements.get('guide-chat')) customElements.define('guide-chat', GuideChat);
})();
