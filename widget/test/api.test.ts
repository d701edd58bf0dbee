import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { call, Fault, passes } from '../src/api';

const reply = (status: number, body: string) => ({ ok: status < 400, status, text: async () => body }) as Response;
const online = (is: boolean) => vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(is);

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); vi.restoreAllMocks(); });

/** Run a call to its end, however long it waits. */
async function outcome(fetched: (init: RequestInit, tried: number) => Promise<Response>, onSlow?: () => void) {
  const start = Date.now(), tried: RequestInit[] = [];
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => fetched(init, tried.push(init)));
  const done = call('/x', 'POST', 't', { id: '1' }, undefined, onSlow).then((data) => ({ data }), (fault: Fault) => ({ fault }));
  await vi.runAllTimersAsync();
  return { ...await done as { data?: object; fault?: Fault }, tried, took: Date.now() - start };
}

const never = ({ signal }: RequestInit) => new Promise<Response>((_, fail) => { signal!.addEventListener('abort', () => fail(new Error('aborted'))); });

describe('a call', () => {
  it('returns the JSON object, sends the token and no cookie', async () => {
    const { data, tried } = await outcome(async () => reply(200, '{"a":1}'));
    expect(data).toEqual({ a: 1 });
    expect(tried[0]).toMatchObject({ credentials: 'omit', body: '{"id":"1"}', headers: { Authorization: 'Bearer t' } });
  });

  it('takes an empty answer for an object', async () => {
    expect((await outcome(async () => reply(204, ''))).data).toEqual({});
  });

  it.each(['<p>', 'null', '7', '"x"', '{'])('takes %s for a failure of the server, three times', async (body) => {
    const { fault, tried } = await outcome(async () => reply(200, body));
    expect([fault!.kind, fault!.status, tried.length]).toEqual(['server', 502, 3]);
  });

  it.each([[400, 1], [401, 1], [429, 1], [500, 3], [503, 3]])('tries %i %i times with one body', async (status, times) => {
    const { fault, tried } = await outcome(async () => reply(status, '{"error":{"message":"Why."}}'));
    expect([fault!.status, fault!.said, tried.length]).toEqual([status, 'Why.', times]);
    expect(new Set(tried.map(({ body }) => body)).size).toBe(1);
  });

  it('takes only a text for a reason', async () => {
    expect((await outcome(async () => reply(400, '{"error":{"message":{}}}'))).fault!.said).toBe('');
    expect((await outcome(async () => reply(400, 'null'))).fault!.said).toBe('');
  });

  it('succeeds at the second try', async () => {
    expect((await outcome(async (_, tried) => reply(tried < 2 ? 503 : 200, '{"a":1}'))).data).toEqual({ a: 1 });
  });

  it('tells no network from being offline, and tries only the first again', async () => {
    const fail = async () => { throw new TypeError('failed'); };
    online(true);
    expect(await outcome(fail)).toMatchObject({ fault: { kind: 'network' }, tried: { length: 3 } });
    online(false);
    expect(await outcome(fail)).toMatchObject({ fault: { kind: 'offline' }, tried: { length: 1 } });
  });

  it('ends after 12 seconds, also where the answer never ends', async () => {
    const slow = vi.fn(), first = await outcome(never, slow);
    expect([first.fault!.kind, first.took, slow.mock.calls.length]).toEqual(['timeout', 12000, 1]);
    const second = await outcome(async (init) => ({ ok: true, status: 200, text: () => never(init) }) as unknown as Response);
    expect([second.fault!.kind, second.fault!.status, second.took]).toEqual(['timeout', 0, 12000]);
  });
});

it('knows what may pass later', () => {
  expect([0, 401, 408, 429, 500, 502].map((status) => passes(new Fault('server', status)))).toEqual(Array(6).fill(true));
  expect([400, 403, 404, 409, 413].map((status) => passes(new Fault('server', status)))).toEqual(Array(5).fill(false));
});
