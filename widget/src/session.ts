/** The conversation's token and what is kept beside it. The server makes the identity; this only carries it. */

import { call, Fault, text, type Json } from './api';
import { newId } from './ids';
import { messages } from './reply';
import { storage } from './storage';
import type { Item, Kept, Message } from './types';

/** When a token ends; epoch, ms. A day where the server does not say it. */
const until = (given: Json): number => Date.parse(text(given.expires_at)) || Date.now() + 864e5;

export function session(base: string) {
  const store = storage<Kept>(base);
  const fresh = (): Kept => ({ token: '', expires: until({}), stamp: '', greeting: null, notice: '', outbox: [],
    site: self.kept?.site || {} });
  let seen = '';                                             // the stamp of what this page shows
  const keep = (change: Partial<Kept>): Kept => {
    self.kept = { ...self.kept, ...change };
    seen = self.kept.stamp;
    store.write(self.kept);
    return self.kept;
  };
  const ask = (method: string, path: string, body?: Json, deadline?: number, onSlow?: () => void) =>
    call(base + path, method, self.kept.token, body, deadline, onSlow);
  const self = {
    kept: null as unknown as Kept,

    /** Read anew what is kept; it may have expired, or have been changed by another tab. */
    load(): Kept {
      const kept = store.read();
      if (kept !== undefined) self.kept = kept && kept.expires > Date.now() ? { ...fresh(), ...kept } : fresh();
      return self.kept;
    },

    /** Call `act` when another tab, or another widget, changed what there is to show. */
    watch(act: () => void, signal: AbortSignal): void {
      store.watch(() => { if (self.load().stamp !== seen) act(); }, signal);
    },

    /** Open a new conversation. */
    async start(deadline?: number): Promise<Kept> {
      const given = await call(`${base}sessions`, 'POST', '', undefined, deadline), token = text(given.token);
      if (!token) throw new Fault('server');
      const [greeting = null] = messages({ messages: [given.greeting] });
      return keep({ token, expires: until(given), stamp: newId(), greeting, notice: text(given.notice) });
    },

    async history(deadline?: number): Promise<Message[]> {
      const said = messages(await ask('GET', 'history', undefined, deadline));
      seen = self.kept.stamp;
      return said;
    },

    /** Send one message and return the reply. */
    async send({ id, text: words, choice }: Item, deadline: number, onSlow: () => void): Promise<Message[]> {
      const { token: used } = self.kept;
      const reply = await ask('POST', 'messages', { id, ...(choice ? { choice } : { text: words }) }, deadline, onSlow);
      const token = text(reply.token);
      // What was erased meanwhile must not come back.
      if (self.kept.token === used) {
        // In one: another tab that hears of the reply must not find the message still waiting.
        const outbox = self.kept.outbox.filter((one) => one.id !== id);
        keep({ stamp: newId(), outbox, ...(token && { token, expires: until(reply) }) });
      }
      return messages(reply);
    },

    rate: (id: string, helpful: boolean, reason?: string): Promise<Json> => ask('POST', 'feedback', { message_id: id, helpful, reason }),

    /** Erase the conversation on the server, then here. */
    async erase(): Promise<void> {
      if (self.kept.token) {
        await ask('DELETE', 'sessions/current').catch((fault) => { if (fault.status !== 401) throw fault; });   // 401: it is gone already
      }
      self.forget();
    },

    /** Drop the token and what waits; the site's settings are not the visitor's. */
    forget(): void {
      store.write(null);
      self.kept = fresh();
      seen = '';
    },

    /** Void the token but keep what waits. */
    expire(): void { self.kept.token = ''; },

    /** Remember what is on its way, so that leaving the page loses nothing. */
    outbox(outbox: Item[]): void { if (outbox.length || self.kept.outbox.length) keep({ outbox }); },

    /** Learn what the owner of the site sets. */
    async learn(): Promise<void> {
      const { name, accent, emergency } = await call(`${base}site.json`);
      self.kept.site = { name: text(name), accent: text(accent), emergency: text(emergency) };
      if (self.kept.token) store.write(self.kept);
    },
  };
  self.kept = fresh();
  seen = self.load().stamp;
  return self;
}

export type Session = ReturnType<typeof session>;
