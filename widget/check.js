/* The label page: sends the pasted text to ../check and shows the answer. Text becomes text nodes, never HTML. A link to a
 * result carries the text behind the #, which a browser does not send. */
(() => {
'use strict';

const LIMIT = 8000, TIMEOUT = 12000;     // characters, as the server counts them; ms
const PACKED = 'z=', PLAIN = 't=';       // how the text stands behind the #: compressed, or as it is

const WORDS = {
  result: 'Result', text: 'The text, with its names marked', marks: 'What the marks mean', list: (n) => `List ${n}`,
  count: (used) => `${used} of ${number(LIMIT)} characters`, over: (by) => `${number(by)} characters too long`,
  checking: 'Reading the label', empty: 'Please paste an ingredient list first.',
  offline: 'You seem to be offline. Please try again when you are connected.',
  network: 'The server could not be reached. Please try again.',
  timeout: 'No answer came in time. Please try again.',
  server: 'Something failed on our side. Please try again.',
  damaged: 'This link is damaged or was cut, so its label cannot be read. Please ask for it again.',
  linked: (n, all) => `${n} of ${all} names ${n === 1 ? 'is' : 'are'} linked with milia.`,
  none: 'No name on this list is linked with milia.', nothing: 'None of these names is known here, so the list cannot be judged.',
  promise: 'That is no promise for your skin.',
  known: (n) => `${n} more ${n === 1 ? 'name' : 'names'} with no known link to milia`,
  unknown: (n) => `${n} ${n === 1 ? 'name was' : 'names were'} not recognised`,
  unknownWhy: 'So nothing is said about them.',
  place: (n, all) => `${ordinal(n)} of ${all}`, active: 'active ingredient', mayContain: 'may be in it',
  readAs: (written) => `read from \u201c${written}\u201d`, written: (written) => `written \u201c${written}\u201d`,
  evidence: (what) => `Evidence: ${what}.`, guide: { named: 'The MedSpot guide names it.', family: 'The MedSpot guide names its family.',
    class: 'The MedSpot guide names its kind.' },
  rating: ({ min, max, disputed }) => `Pore clogging: rated ${min === max ? min : `${min} to ${max}`} (5 is most) in old tests${
    disputed ? '; the lists disagree' : ''}.`,
  sources: (n) => `Sources (${n})`, newTab: ' (new tab)', care: 'Take care',
  copy: 'Copy a link to this result', copied: 'Link copied. It holds the label itself; nothing is stored.',
  byHand: 'Copy this link:', read: 'The label was read. ',
};

/** What is known of a name: its sign in the text, what it is, and what that means. */
const KINDS = {
  steroid: ['■', 'Steroid', 'Long use of steroid creams is linked with milia. Do not stop a prescribed one on your own.'],
  associated: ['▲', 'Linked with milia', 'Seen or suspected in some people. No study proves it.'],
  weak: ['△', 'Blamed by web pages only', 'They name no study.'],
  comedogenic: ['◇', 'Rated high for clogging pores', 'Rated comedogenic in rabbit tests, which does not carry over to a '
    + 'finished product. Milia are not clogged pores, so this is only a hint.'],
  preventive: ['◆', 'Used to help prevent milia', 'No trial proves it, and it may do little for bumps that are there.'],
  alternative: ['●', 'Lighter kind', 'The MedSpot guide suggests it in place of heavy creams. It is not a cure.'],
  neutral: ['', 'No known link'],
  unknown: ['?', 'Not recognised'],
};

const EXAMPLE = `Night Balm
Ingredients: Petrolatum, Isopropyl Myristate, Lanolin, Squalane, Butyrospermum Parkii Butter, Tocopherol, Parfum

Renewing Gel
Ingredients: Aqua, Glycerin, Niacinamide, Salicylic Acid 0.5%, Sodium Hyaluronate, Retinol, Glurbium Extract, Phenoxyethanol`;

const [form, box, count, status, fault, result] = ['form', '#label', '#count', '#status', '#fault', '#result']
  .map((place) => document.querySelector(place));
let asked = 0;   // grows with each check, so that a late answer to an older one is dropped

const number = (value) => value.toLocaleString('en');
const length = (text) => [...text].length;
const kindOf = (name) => (name.weak ? 'weak' : name.relation);

function ordinal(n) {
  const teen = n % 100 > 10 && n % 100 < 20;
  return n + ((!teen && ['', 'st', 'nd', 'rd'][n % 10]) || 'th');
}

/** Make an element; functions become listeners, what is false, null or empty is left out. */
function h(tag, given, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given || {})) {
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter(Boolean));
  return node;
}

const hidden = (text) => h('span', { class: 'sr' }, text);
const sign = (kind) => KINDS[kind][0] && h('span', { class: 'sign', 'aria-hidden': 'true' }, KINDS[kind][0]);

/* The link */

const base64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const unbase64 = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0));

/** Put bytes through a stream, but no further than any label needs: few packed bytes can hold gigabytes. */
async function through(bytes, stream) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader(), parts = [];
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    parts.push(value);
    size += value.length;
    if (size > LIMIT * 4) { reader.cancel(); throw new RangeError('too long'); }
  }
}

async function linkTo(text) {
  let fragment;
  try {
    fragment = PACKED + base64(await through(new TextEncoder().encode(text), new CompressionStream('deflate-raw')));
  } catch {
    fragment = PLAIN + encodeURIComponent(text);             // browsers before 2023
  }
  return `${location.origin}${location.pathname}#${fragment}`;
}

/** Return the text that stands behind the # of the address, null where none does; throw where it is damaged. */
async function linked() {
  const fragment = location.hash.slice(1);
  if (fragment.startsWith(PLAIN)) return decodeURIComponent(fragment.slice(PLAIN.length));
  if (!fragment.startsWith(PACKED)) return null;
  const bytes = await through(unbase64(fragment.slice(PACKED.length)), new DecompressionStream('deflate-raw'));
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

/* The check */

/** Return the server's answer; throw an Error with a sentence for people. */
async function ask(text) {
  const stop = new AbortController(), timer = setTimeout(() => stop.abort(), TIMEOUT);
  let words = WORDS.server;
  try {
    const answer = await fetch('../check', { method: 'POST', headers: { 'Content-Type': 'application/json' }, cache: 'no-store',
      body: JSON.stringify({ text }), signal: stop.signal })
      .catch((error) => {
        words = stop.signal.aborted ? WORDS.timeout : navigator.onLine === false ? WORDS.offline : WORDS.network;
        throw error;
      });
    const found = await answer.json();
    if (answer.ok) return found;
    words = found.error?.message || words;
  } catch { /* the words say what it was */ } finally {
    clearTimeout(timer);
  }
  throw new Error(words);
}

/** Check what is in the box and show it; `moves`: a person asked for it, so the focus goes to the result. */
async function check(moves) {
  const text = box.value, turn = ++asked;
  result.hidden = fault.hidden = true;
  if (!measure()) return fail(text.trim() ? count.textContent : WORDS.empty);
  form.setAttribute('aria-busy', 'true');
  status.textContent = WORDS.checking;
  try {
    const found = await ask(text);
    if (turn === asked) show(text, found, moves);
  } catch (error) {
    if (turn === asked) fail(error.message);
  } finally {
    if (turn === asked) form.removeAttribute('aria-busy');
  }
}

function fail(words) {
  status.textContent = '';
  fault.textContent = words;
  fault.hidden = false;
}

function show(text, found, moves) {
  const heading = h('h2', { id: 'found', tabindex: '-1' }, WORDS.result);
  const label = found.kind === 'label';                      // a question is answered by the summary, and has no positions
  const products = found.products.map((product, place) => shown(product, label && verdict(product), place, found.products.length > 1));
  result.replaceChildren(heading, ...(label ? [] : [h('p', { class: 'summary' }, ...strong(found.summary))]));
  if (products.length) result.append(...sharing(text), ...marked(text, found.products));
  result.append(...products);
  if (found.caveat) result.append(h('p', { class: 'caveat' }, found.caveat));
  result.hidden = false;
  status.textContent = WORDS.read + [...result.querySelectorAll('.verdict')].map((line) => line.textContent).join(' ');
  if (moves) heading.focus();
}

const strong = (text) => text.split('**').map((part, place) => (place % 2 ? h('strong', {}, part) : part));

/** The text as it was pasted; each name in it says what it is, by colour, line, sign and hidden words. */
function marked(text, products) {
  const names = products.flatMap((one) => [...one.ingredients, ...one.unknown.map((name) => ({ ...name, relation: 'unknown' }))])
    .filter((name) => name.span).sort((a, b) => a.span[0] - b.span[0]);
  const characters = [...text], nodes = [], used = new Set();   // the server counts characters, not UTF-16 units
  let from = 0;
  for (const name of names) {
    const [start, end] = name.span, kind = kindOf(name);
    if (start < from) continue;
    nodes.push(characters.slice(from, start).join(''));
    nodes.push(h('mark', { class: kind, title: KINDS[kind][1] }, characters.slice(start, end).join(''), sign(kind),
      hidden(` (${KINDS[kind][1]})`)));
    from = end;
    used.add(kind);
  }
  nodes.push(characters.slice(from).join(''));
  const legend = Object.keys(KINDS).filter((kind) => used.has(kind))
    .map((kind) => h('li', {}, h('mark', { class: kind, 'aria-hidden': 'true' }, 'name', sign(kind)), ` ${KINDS[kind][1]}`));
  return [h('h3', { id: 'marked' }, WORDS.text),
    h('div', { class: 'raw', role: 'region', tabindex: '0', 'aria-labelledby': 'marked' }, ...nodes),
    h('ul', { class: 'legend', 'aria-label': WORDS.marks }, ...legend)];
}

function verdict({ ingredients, unknown }) {
  const linked = ingredients.filter((name) => ['steroid', 'associated'].includes(kindOf(name)));
  const n = new Set(linked.map((name) => name.inci)).size;
  const said = n ? WORDS.linked(n, ingredients.length + unknown.length) : ingredients.length ? WORDS.none : WORDS.nothing;
  return h('div', {}, h('p', { class: n ? 'verdict some' : 'verdict' }, said), !n && h('p', {}, WORDS.promise));
}

function shown(product, said, place, several) {
  const of = (kind) => product.ingredients.filter((name) => kindOf(name) === kind);
  const where = said ? placed : () => '';
  const title = product.title || (several && WORDS.list(place + 1));
  const card = h('article', { class: 'product' }, title && h('h3', {}, title), said);
  for (const [kind, [, heading, meaning]] of Object.entries(KINDS)) {
    const names = kind === 'neutral' ? [] : of(kind);
    if (names.length) {
      card.append(h('h4', { class: kind }, sign(kind), heading), h('p', { class: 'meaning' }, meaning),
        h('ul', { class: 'names' }, ...names.map((name) => entry(name, where(name)))));
    }
  }
  if (product.cautions.length) card.append(h('h4', {}, WORDS.care), h('ul', {}, ...product.cautions.map((said) => h('li', {}, said))));
  if (product.lighter) card.append(h('p', { class: 'lighter' }, product.lighter));
  card.append(...folded(WORDS.known, of('neutral'), (name) => [name.name, where(name)]));
  card.append(...folded(WORDS.unknown, product.unknown, (name) => [name.as_written, where(name)], WORDS.unknownWhy));
  return card;
}

function folded(words, names, parts, why) {
  if (!names.length) return [];
  const items = names.map(parts).map(([called, place]) => h('li', {}, called, h('span', { class: 'place' }, place)));
  return [h('details', {}, h('summary', {}, words(names.length)), why && h('p', { class: 'meaning' }, why), h('ul', { class: 'plain' }, ...items))];
}

function placed(name) {
  const place = { active: WORDS.active, may_contain: WORDS.mayContain }[name.listed_as]
    || (name.position && name.total && WORDS.place(name.position, name.total)) || '';
  return [place, name.percent != null && `${name.percent}%`].filter(Boolean).join(', ');
}

function entry(name, place) {
  const written = name.as_written.toLowerCase() === name.name.toLowerCase() ? ''
    : (name.exact ? WORDS.written : WORDS.readAs)(name.as_written);
  const facts = [WORDS.evidence(name.evidence), WORDS.guide[name.guide], name.rating?.max != null && WORDS.rating(name.rating)];
  return h('li', {}, h('p', { class: 'name' }, h('strong', {}, name.name), h('span', { class: 'place' }, place),
    written && h('span', { class: 'written' }, written)),
  name.note && h('p', { class: 'note' }, name.note),
  h('p', { class: 'facts' }, facts.filter(Boolean).join(' ')),
  name.sources.length > 0 && h('details', {}, h('summary', {}, WORDS.sources(name.sources.length)),
    h('ul', {}, ...name.sources.map(source))));
}

function source({ title, publisher, year, url }) {
  const more = [publisher, year].filter(Boolean).join(', ');
  const safe = /^https?:\/\//.test(url || '');
  return h('li', {}, safe ? h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, title, hidden(WORDS.newTab)) : title,
    more && `, ${more}`);
}

function sharing(text) {
  const told = h('p', { role: 'status', class: 'meaning' });
  const copy = h('button', { type: 'button', onclick: async () => {
    const link = await linkTo(text);
    try {
      await navigator.clipboard.writeText(link);
      told.textContent = WORDS.copied;
    } catch {                                                // not allowed, or a page without https
      const field = h('input', { readonly: true, value: link, 'aria-label': WORDS.byHand });
      told.replaceChildren(WORDS.byHand, field);
      field.select();
    }
  } }, WORDS.copy);
  return [h('p', { class: 'questions' }, copy), told];
}

/* The page */

/** Say how much is in the box; return whether it may be sent. */
function measure() {
  const used = length(box.value), over = used - LIMIT;
  count.classList.toggle('over', over > 0);
  count.textContent = over > 0 ? WORDS.over(over) : used ? WORDS.count(number(used)) : '';
  return box.value.trim() !== '' && over <= 0;
}

async function open() {
  try {
    const text = await linked();
    if (text === null) return;
    box.value = text;
    check(false);
  } catch {
    fail(WORDS.damaged);
  }
}

form.addEventListener('submit', (event) => { event.preventDefault(); check(true); });
box.addEventListener('input', measure);
box.addEventListener('keydown', (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); check(true); } });
document.querySelector('#example').addEventListener('click', () => { box.value = EXAMPLE; check(true); });
window.addEventListener('hashchange', open);
measure();
open();
})();
