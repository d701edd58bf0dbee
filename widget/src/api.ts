/** One call to the server: tries again what may pass, and always ends by the deadline. */

export type Kind = 'offline' | 'network' | 'timeout' | 'server';
export type Json = Record<string, unknown>;

export const DEADLINE = 12_000;                              // ms, for a message and all its tries
const WAITS = [800, 2400];                                   // ms, before the second and the third try
const SLOW = 5000;                                           // ms, after which the visitor is told that it takes longer

/** Why a call failed. `status` is 0 where no answer came; `said` is the server's own sentence. */
export class Fault extends Error {
  constructor(readonly kind: Kind, readonly status = 0, readonly said = '') { super(kind); }
}

/** Whether the same message may get through later. */
export const passes = ({ status }: Fault): boolean => status < 400 || status >= 500 || [401, 408, 429].includes(status);

export const text = (given: unknown): string => (typeof given === 'string' ? given : '');

/** Return the answer's JSON object; throw a Fault. */
export async function call(
  url: string, method = 'GET', token = '', body?: Json, deadline = Date.now() + DEADLINE, onSlow?: () => void,
): Promise<Json> {
  const slow = onSlow && setTimeout(onSlow, SLOW);
  try {
    for (let tried = 0; ; tried++) {
      const stop = new AbortController(), { signal } = stop, timer = setTimeout(() => stop.abort(), deadline - Date.now());
      let status = 0, kind: Kind = 'server', data;
      try {
        const answer = await fetch(url, { method, signal, credentials: 'omit', body: JSON.stringify(body),
          headers: { 'Authorization': `Bearer ${token}`, 'Content-Type': 'application/json' } });
        status = answer.ok ? 502 : answer.status;            // 502: an answer without JSON was not given by this server
        data = JSON.parse(await answer.text() || '{}');
        if (answer.ok && data && typeof data === 'object') return data;
      } catch {
        if (signal.aborted) status = 0;
        if (!status) kind = signal.aborted ? 'timeout' : navigator.onLine ? 'network' : 'offline';
      }
      clearTimeout(timer);
      const wait = (WAITS[tried] ?? Infinity) * (0.8 + 0.4 * Math.random());
      if (kind === 'offline' || (status && status < 500) || Date.now() + wait >= deadline) throw new Fault(kind, status, text(data?.error?.message));
      await new Promise((go) => { setTimeout(go, wait); });
    }
  } finally {
    clearTimeout(slow);
  }
}
