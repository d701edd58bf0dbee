/** One chat: brings the panel, the session and the queue together. */

import { DEADLINE, Fault, passes } from './api';
import { line } from './dom';
import { newId } from './ids';
import { spoken } from './markdown';
import { panelOf } from './panel';
import { queue } from './queue';
import { rowsOf } from './rows';
import { session } from './session';
import type { Words } from './strings';
import { print, textOf } from './talk';
import type { Item, Message } from './types';

/** `attribute` reads one of the element's, `learned` hears that the site's settings came, `signal` ends everything. */
export function chatOf(
  base: string, language: string, words: Words, attribute: (name: string) => string | null, open: () => void, learned: () => void,
  signal: AbortSignal,
) {
  const own = new Map<string, HTMLElement>();                // the rows of what is on its way
  let begun: Promise<void> | null = null;
  let blocked: HTMLElement | null = null;                    // why what waits does not go on
  let stale = false;                                         // another tab went on
  let age = 0;                                               // grows with each new chat; a late reply to an older one is dropped

  const kept = session(base);
  const rows = rowsOf(words, language !== 'en' && 'en', () => kept.kept.site.emergency, ({ id, title }) => {
    panel.focus();
    send({ id: newId(), text: title, choice: id });
  }, (id) => (helpful, reason) => kept.rate(id, helpful, reason), (text) => panel.say(text));
  const sure = (ask: string, go: string, act: () => void) => panel.confirm(ask, go, () => { panel.focus(); act(); });
  const said = () => [...panel.log.element.querySelectorAll('.msg')];
  const panel = panelOf(words, language, open, (text) => say(text), [
    [words.copy, () => { navigator.clipboard.writeText(textOf(said())).then(() => tell(words.copied), () => tell(words.failed)); }],
    [words.print, () => print(said())],
    [words.restart, () => sure(words.sureRestart, words.restart, restart)],
    [words.erase, () => sure(words.sureErase, words.erase, erase)],
  ], signal);
  const waiting = queue(deliver, () => {
    kept.outbox(waiting.items);
    panel.log.typing(waiting.running);
  }, failed);

  function tell(text: string): void {
    panel.log.add(line(text));
    panel.say(text);
  }

  function resume(): void {
    blocked?.remove();
    blocked = null;
    void waiting.run().then(refresh);
  }

  function send(item: Item): void {
    panel.log.add(rowOf(item));
    waiting.add(item);
    resume();
  }

  /** Send `text`, as if the visitor had typed it. */
  function say(text: string): void { send({ id: newId(), text }); }

  function rowOf({ id, text }: Item): HTMLElement {
    const row = own.get(id) || rows.visitor(text);
    own.set(id, row);
    return row;
  }

  /* The session */

  /** Begin or take up the conversation, once. */
  function greet(deadline?: number): Promise<void> {
    return begun ||= begin(deadline).catch((fault) => { begun = null; throw fault; });
  }

  async function begin(deadline?: number): Promise<void> {
    const born = age;
    kept.learn().then(learned, () => { /* what is known stands */ });
    blocked?.remove();
    panel.log.typing(true);
    try {
      const history = kept.load().token && await kept.history(deadline).catch((fault) => { if (fault.status !== 401) throw fault; });
      const { greeting, notice } = history ? kept.kept : await kept.start(deadline);
      if (born !== age) return;
      fill(history || []);
      if (!history) panel.say(attribute('greeting') || (greeting && rows.aloud(greeting)), notice && words.notice + spoken(notice));
    } finally {
      if (born === age) panel.log.typing(waiting.running);
    }
  }

  /** Show notice, greeting, what was said before, and what waits. */
  function fill(history: Message[]): void {
    const { greeting, notice, outbox } = kept.kept, known = new Set(history.map(({ id }) => id));
    if (!waiting.running) waiting.drop(({ id }) => known.has(id));
    waiting.add(...outbox.filter(({ id }) => !known.has(id)));
    const all = greeting ? [{ ...greeting, text: attribute('greeting') || greeting.text }, ...history] : history;
    panel.log.fill(...(notice ? [rows.note(notice, attribute('privacy'))] : []),
      ...all.map((message, at) => (message.mine ? rows.visitor(message.text)
        : rows.assistant(message, all.slice(at).find(({ mine }) => mine)?.text || ''))),
      ...waiting.items.map(rowOf));
    if (waiting.items.length) resume();
  }

  function tryToGreet(): void {
    greet().catch(({ kind, said: told }: Fault) => {
      if (waiting.items.length) return;                      // the message that waits says it
      fault(told || words[kind], () => { panel.focus(); tryToGreet(); });
    });
  }

  /** Show what another tab did, once nothing is under way here. */
  function refresh(): void {
    if (!stale || waiting.running || !panel.dialog.open) return;
    stale = false;
    begun = null;
    greet().catch(() => { stale = true; });
  }

  /* A turn */

  async function deliver(item: Item): Promise<void> {
    const born = age, deadline = Date.now() + DEADLINE, row = rowOf(item);
    const go = (sent: Item) => kept.send(sent, deadline, () => { panel.log.slow(); panel.say(words.slow); });
    await greet(deadline);
    const reply = await go(item).catch(async (error) => {
      if (error.status !== 401 || born !== age) throw error;
      kept.expire();
      await kept.start(deadline);
      row.before(line(words.renewed));
      return go({ ...item, choice: '' });                    // the choice went with the earlier chat
    });
    if (born !== age) return;
    const start = performance.now();
    if (!reply.length) throw new Fault('server');
    row.after(...reply.map((message) => rows.assistant(message)));
    own.delete(item.id);
    panel.log.typing(false);
    panel.log.reveal(row);
    panel.say(...reply.map(rows.aloud));
    requestAnimationFrame(() => setTimeout(() => performance.measure('guide-chat reply', { start })));
  }

  function failed(item: Item, error: Fault): void {
    const id = error.status === 409 ? newId() : item.id, row = rowOf(item);   // 409: that id is taken by another message
    fault(error.said || `${words[error.kind]} ${words.kept}`, () => {
      panel.focus();
      own.set(id, row);
      waiting.add({ ...item, id });
      resume();
    }, () => {
      waiting.drop((one) => one.id === item.id);
      row.remove();
      panel.box.text = item.text;
      panel.box.box.focus();
      resume();
    }, row);
    if (!passes(error)) blocked = null;                      // what cannot pass holds up nothing
  }

  /** Say what failed, behind `row` or at the end. */
  function fault(text: string, again: () => void, edit?: () => void, row?: HTMLElement): void {
    blocked = rows.fault(text, again, edit);
    if (row) row.after(blocked); else panel.log.add(blocked);
    blocked.scrollIntoView({ block: 'nearest' });
    panel.say(spoken(text));
  }

  /* The menu */

  /** Empty the panel for a new chat; nothing of the old one can come back. */
  function empty(...nodes: Node[]): void {
    age += 1;
    begun = blocked = null;
    own.clear();
    waiting.drop(() => true);
    kept.forget();
    panel.log.typing(false);
    panel.log.fill(...nodes);
  }

  function restart(): void {
    empty();
    tryToGreet();
  }

  function erase(): void {
    panel.log.typing(true);
    kept.erase().then(() => {
      empty();
      tell(words.erased);
    }, ({ said: told }: Fault) => {
      panel.log.typing(false);
      fault(told || words.failed, erase);
    });
  }

  kept.watch(() => {
    stale = !!begun;
    refresh();
  }, signal);
  addEventListener('online', () => { if (waiting.items.length) resume(); }, { signal });
  return {
    panel, kept, say, words,

    /** Open the panel; the first time, begin or take up the conversation. */
    open(moves?: boolean): void {
      panel.open(moves);
      if (stale) refresh(); else if (!begun) tryToGreet();
    },
  };
}

export type Chat = ReturnType<typeof chatOf>;
