import { beforeEach, describe, expect, it, vi } from 'vitest';
import '../src/index';
import type { GuideChat } from '../src/element';
import { en } from '../src/strings/en';
import { media } from './browser';

type Chat = GuideChat & { name: string; accent: string; shadowRoot: ShadowRoot };
type Body = Record<string, unknown>;

/** What the server answers, by the last part of the address: a body, or [status, body]. */
let server: Record<string, (body: Body) => unknown>;
let asked: [string, Body][];
let sessions: number;

const wait = (ms = 0) => new Promise((go) => { setTimeout(go, ms); });
const message = (text: string, more: object = {}) => ({ id: text, text, choices: [], sources: [], urgency: 'none', topics: [], ...more });
const find = (chat: Chat, inside: string) => chat.shadowRoot.querySelector<HTMLElement>(inside)!;
const all = (chat: Chat, inside: string) => [...chat.shadowRoot.querySelectorAll<HTMLElement>(inside)];
const until = (what: () => unknown) => vi.waitFor(() => { if (!what()) throw new Error(`never: ${what}`); }, { timeout: 6000 });

function make(given: Record<string, string> = {}): Chat {
  const chat = document.createElement('guide-chat') as Chat;
  for (const [name, value] of Object.entries(given)) chat.setAttribute(name, value);
  document.body.append(chat);
  return chat;
}

async function opened(given?: Record<string, string>): Promise<Chat> {
  const chat = make(given);
  chat.open();
  await until(() => all(chat, '.bot').length);
  return chat;
}

function type(chat: Chat, text: string, key: Partial<KeyboardEvent> = { key: 'Enter' }): void {
  const box = find(chat, 'textarea') as HTMLTextAreaElement;
  box.value = text;
  box.dispatchEvent(new Event('input'));
  box.dispatchEvent(Object.assign(new KeyboardEvent('keydown', { cancelable: true, bubbles: true, ...key })));
}

beforeEach(() => {
  asked = [];
  sessions = 0;
  server = {
    sessions: () => ({ token: `t${sessions += 1}`, expires_at: '2999-01-01T00:00:00Z', greeting: message('Hello.'), notice: 'Kept for a while.' }),
    messages: () => ({ messages: [message('An answer.')] }),
    history: () => ({ messages: [] }),
    'site.json': () => ({ name: 'Guide', accent: '#123456', emergency: '112 or 999' }),
    feedback: () => ({}),
    current: () => ({}),
  };
  vi.stubGlobal('fetch', async (url: string, { body }: RequestInit) => {
    const name = url.split('/').pop()!, sent = JSON.parse(String(body ?? '{}'));
    asked.push([name, sent]);
    const said = await server[name]!(sent), [status, data] = Array.isArray(said) ? said : [200, said];
    return { ok: status < 400, status, text: async () => JSON.stringify(data) };
  });
});

describe('opening', () => {
  it('asks nothing before, and greets with a notice', async () => {
    const chat = make();
    await wait();
    expect(asked).toEqual([]);
    find(chat, '.launcher').click();
    await until(() => all(chat, '.bot').length);
    expect(find(chat, '.notice').textContent).toContain('Kept for a while.');
    await until(() => find(chat, 'h2').textContent === 'Guide');
    expect(find(chat, '[role=status]').textContent).toBe('Hello. Please note: Kept for a while.');
  });

  it('says what failed and tries again', async () => {
    server.sessions = () => [400, {}];
    const chat = make();
    chat.open();
    await until(() => find(chat, '.fault'));
    expect(find(chat, '.fault a').getAttribute('href')).toBe('tel:112');
    server.sessions = () => ({ token: 't' });
    find(chat, '.fault button').click();
    await until(() => !find(chat, '.fault'));
    expect([all(chat, '.notice').length, all(chat, '.bot').length]).toEqual([0, 0]);
  });

  it('goes on without the settings of the site', async () => {
    server['site.json'] = () => [404, {}];
    const chat = await opened();
    expect(find(chat, 'h2').textContent).toBe(en.open);
  });

  it('is modal on a small screen, and leaves the keyboard of a phone down', async () => {
    media['max-width'] = media.coarse = true;
    const chat = await opened();
    expect(find(chat, '.panel').hasAttribute('data-modal')).toBe(true);
    expect(chat.shadowRoot.activeElement).toBe(find(chat, '.panel'));
  });

  it('takes up the history, whose choices are inert', async () => {
    await opened();
    document.body.replaceChildren();
    server.history = () => ({ messages: [message('Which?', { choices: [{ id: 'c', title: 'This' }] }), { id: 'v', from: 'visitor', text: 'This' }] });
    const chat = make();
    chat.open();
    await until(() => all(chat, '.msg').length === 3);
    expect([sessions, (find(chat, '.choices button') as HTMLButtonElement).disabled, find(chat, '.chosen').textContent]).toEqual([1, true, 'This, chosen']);
    expect(find(chat, '[role=status]').textContent).toBe('');
  });

  it('begins anew where the history is of an ended chat, or what is kept has expired', async () => {
    await opened();
    document.body.replaceChildren();
    server.history = () => [401, {}];
    await opened();
    expect(sessions).toBe(2);
    const [key] = Object.keys(localStorage);
    localStorage.setItem(key!, JSON.stringify({ ...JSON.parse(localStorage.getItem(key!)!), expires: 1 }));
    document.body.replaceChildren();
    await opened();
    expect(sessions).toBe(3);
  });
});

describe('a turn', () => {
  it('tells other tabs of a reply only once the message waits no more', async () => {
    const chat = await opened(), kept: { stamp: string; outbox: unknown[] }[] = [];
    const write = vi.spyOn(Storage.prototype, 'setItem').mockImplementation((_, value) => { kept.push(JSON.parse(value)); });
    type(chat, 'hello');
    await until(() => all(chat, '.bot').length === 2);
    write.mockRestore();
    const [before, ...after] = [...new Set(kept.map(({ stamp }) => stamp))];
    expect(after).toHaveLength(1);
    expect(kept.filter(({ stamp }) => stamp === before).at(-1)!.outbox).toHaveLength(1);
    expect(kept.filter(({ stamp }) => stamp !== before).flatMap(({ outbox }) => outbox)).toEqual([]);
  });

  it('is sent by Enter, but not with Shift, nor by an input method, nor empty', async () => {
    const chat = await opened();
    type(chat, 'a', { key: 'Enter', shiftKey: true });
    type(chat, 'a', { key: 'Enter', isComposing: true });
    type(chat, 'a', { key: 'b' });
    type(chat, '  ');
    type(chat, 'a'.repeat(1001));
    expect(all(chat, '.you')).toHaveLength(0);
    type(chat, 'What?');
    await until(() => all(chat, '.bot').length === 2);
    expect(asked.at(-1)![1]).toMatchObject({ text: 'What?' });
    expect(find(chat, '[role=status]').lastChild!.textContent).toBe('An answer.');
  });

  it('shows urgency, sources and choices, and sends a choice by its id', async () => {
    const more = { urgency: 'today', topics: ['a'], sources: [{ title: 'S', publisher: 'P', url: 'https://example.org' }, { title: 'T', url: 'javascript:x' }], choices: [{ id: 'c', title: 'This' }] };
    server.messages = ({ choice }) => ({ messages: [choice ? message('Call [988](tel:988).', { urgency: 'emergency' }) : message('Go.', more)], token: 'fresh' });
    const chat = await opened();
    type(chat, 'help');
    await until(() => find(chat, '.today'));
    expect(all(chat, '.today details a')).toHaveLength(1);
    find(chat, '.thumb').click();
    find(chat, '.choices button').click();
    await until(() => find(chat, '.emergency'));
    expect(asked.find(([name]) => name === 'feedback')![1]).toEqual({ message_id: 'Go.', helpful: true });
    expect(asked.at(-1)![1]).toMatchObject({ choice: 'c' });
    expect(find(chat, '.emergency .worse a').getAttribute('href')).toBe('tel:112');
    expect(JSON.parse(Object.values(localStorage)[0] as string).token).toBe('fresh');
  });

  it('has no number to offer where none is known', async () => {
    server['site.json'] = () => ({});
    server.messages = () => ({ messages: [message('Go.', { urgency: 'emergency' }), message('Soon.', { urgency: 'soon' })] });
    const chat = await opened();
    type(chat, 'help');
    await until(() => find(chat, '.emergency'));
    expect(find(chat, '.phone').textContent).toBe(en.local);
    expect(find(chat, '.soon .phone, .soon .worse')).toBeNull();
  });

  it('that fails for good can be edited, or sent again under a new id where the old one is taken', async () => {
    server.messages = () => [409, { error: { message: 'Taken.' } }];
    const chat = await opened();
    type(chat, 'one');
    await until(() => find(chat, '.fault'));
    const first = asked.at(-1)![1].id;
    find(chat, '.fault button').click();
    await until(() => asked.at(-1)![1].id !== first && find(chat, '.fault'));
    all(chat, '.fault button')[1]!.click();
    expect([(find(chat, 'textarea') as HTMLTextAreaElement).value, all(chat, '.you').length]).toEqual(['one', 0]);
  });

  it('of an ended chat goes on in a new one', async () => {
    server.messages = () => (sessions < 2 ? [401, {}] : { messages: [message('Anew.')] });
    const chat = await opened();
    type(chat, 'one');
    await until(() => all(chat, '.bot').length === 2);
    expect(find(chat, '.line').textContent).toBe(en.renewed);
  });

  it('waits while there is no network, over a reload, and is sent once it is back', async () => {
    const offline = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    server.messages = () => { throw new TypeError('failed'); };
    const first = await opened();
    type(first, 'one');
    await until(() => find(first, '.fault'));
    expect(find(first, '.fault').textContent).toContain(en.offline);
    window.dispatchEvent(new Event('online'));
    await until(() => find(first, '.fault'));
    document.body.replaceChildren();
    offline.mockRestore();
    server.messages = ({ text }) => ({ messages: [message(`To ${String(text)}`)] });
    const second = await opened();
    await until(() => all(second, '.bot').length === 2);
    expect(all(second, '.msg').map((row) => row.querySelector('.bubble')!.textContent)).toEqual(['Hello.', 'one', 'To one']);
    expect(new Set(asked.filter(([name]) => name === 'messages').map(([, { id }]) => id)).size).toBe(1);
  });

  it('is said to be slow after five seconds', async () => {
    let answer: (said: unknown) => void = () => {};
    server.messages = () => new Promise((go) => { answer = go; });
    const chat = await opened();
    type(chat, 'one');
    await until(() => find(chat, '.typing')?.textContent === en.slow);
    answer({ messages: [message('At last.')] });
    await until(() => all(chat, '.bot').length === 2);
    expect(find(chat, '.typing')).toBeNull();
  }, 9000);
});

describe('the menu', () => {
  const choose = (chat: Chat, at: number) => all(chat, '.menu button')[at]!.click();

  it('starts over and erases after a question', async () => {
    const chat = await opened();
    type(chat, 'one');
    await until(() => all(chat, '.bot').length === 2);
    choose(chat, 2);
    find(chat, '.ask button').click();
    expect(find(chat, '.ask')).toBeNull();
    choose(chat, 2);
    find(chat, '.ask .full').click();
    await until(() => sessions === 2 && all(chat, '.bot').length === 1);
    choose(chat, 3);
    find(chat, '.ask .full').click();
    await until(() => find(chat, '.line'));
    expect([localStorage.length, asked.at(-1)![0]]).toEqual([0, 'current']);
  });

  it('says where erasing failed, and takes a chat that is gone for erased', async () => {
    server.current = () => [403, {}];
    const chat = await opened();
    choose(chat, 3);
    find(chat, '.ask .full').click();
    await until(() => find(chat, '.fault'));
    expect(find(chat, '.fault').textContent).toContain(en.failed);
    server.current = () => [401, {}];
    find(chat, '.fault button').click();
    await until(() => find(chat, '.line'));
    choose(chat, 3);
    find(chat, '.ask .full').click();
    await until(() => all(chat, '.line').length === 1);
  });

  it('closes by Escape before the panel does, and when the focus leaves it', async () => {
    const chat = await opened(), more = find(chat, '.more') as HTMLDetailsElement, panel = find(chat, '.panel') as HTMLDialogElement;
    const press = (key: string) => panel.dispatchEvent(new KeyboardEvent('keydown', { key }));
    more.open = true;
    press('a');
    find(chat, 'textarea').dispatchEvent(new Event('focusin', { bubbles: true }));
    expect(more.open).toBe(false);
    more.open = true;
    more.dispatchEvent(new Event('focusin', { bubbles: true }));
    press('Escape');
    expect([more.open, panel.open]).toEqual([false, true]);
    press('Escape');
    expect(panel.open).toBe(false);
  });
});

describe('the element', () => {
  it('takes properties that were set early, and changes with its attributes', async () => {
    const early = document.createElement('div') as unknown as Chat;
    Object.setPrototypeOf(early, HTMLElement.prototype);
    const chat = make();
    chat.name = 'Name';
    chat.accent = 'no color';
    expect([chat.name, find(chat, 'h2').textContent, chat.getAttribute('accent')]).toEqual(['Name', 'Name', 'no color']);
    const late = document.createElement('guide-chat') as Chat;
    Object.defineProperty(late, 'name', { value: 'Early', configurable: true, writable: true });
    document.body.append(late);
    expect(find(late, 'h2').textContent).toBe('Early');
  });

  it('uses greeting, privacy, label and endpoint', async () => {
    const chat = await opened({ greeting: 'Welcome.', privacy: '/p', label: 'Ask', endpoint: '/talk' });
    expect(find(chat, '.bot .text').textContent).toBe('Welcome.');
    expect(find(chat, '.notice a').getAttribute('href')).toBe('/p');
    expect(find(chat, '.launcher').textContent).toBe('Ask');
  });

  it('changes its language while open, and keeps what was being written', async () => {
    const chat = await opened();
    (find(chat, 'textarea') as HTMLTextAreaElement).value = 'half';
    chat.lang = 'es';
    await until(() => all(chat, '.bot').length);
    expect([find(chat, '.root').lang, (find(chat, 'textarea') as HTMLTextAreaElement).value, find(chat, '.text').lang]).toEqual(['es', 'half', 'en']);
  });

  it('opens by what the page names, and closes', async () => {
    const chat = make({ 'open-on': '.help' }), help = document.createElement('p');
    document.body.append(help);
    help.click();
    expect((find(chat, '.panel') as HTMLDialogElement).open).toBe(false);
    help.className = 'help';
    help.click();
    help.click();
    await until(() => all(chat, '.bot').length);
    chat.close();
    expect((find(chat, '.panel') as HTMLDialogElement).open).toBe(false);
    chat.ask('Why?');
    await until(() => all(chat, '.bot').length === 2);
  });

  it('shows what another tab did, once nothing is under way', async () => {
    const chat = await opened(), [key] = Object.keys(localStorage);
    server.history = () => ({ messages: [{ id: 'v', from: 'visitor', text: 'There' }, message('Elsewhere.')] });
    localStorage.setItem(key!, JSON.stringify({ ...JSON.parse(localStorage.getItem(key!)!), stamp: 'other' }));
    window.dispatchEvent(new StorageEvent('storage', { key }));
    await until(() => all(chat, '.msg').length === 3);
    chat.close();
    server.history = () => ({ messages: [] });
    localStorage.setItem(key!, JSON.stringify({ ...JSON.parse(localStorage.getItem(key!)!), stamp: 'another' }));
    window.dispatchEvent(new StorageEvent('storage', { key }));
    chat.open();
    await until(() => all(chat, '.msg').length === 1);
  });

  it('hides its launcher, previews a label and counts', async () => {
    const chat = await opened();
    find(chat, '.hide').click();
    expect(find(chat, '.corner').hidden).toBe(true);
    type(chat, `Ingredients: ${'Aqua, '.repeat(9)}`, { key: 'x' });
    expect(find(chat, '.preview').textContent).toContain(en.list(9));
    type(chat, 'a'.repeat(900), { key: 'x' });
    expect([find(chat, '.preview').textContent, find(chat, '.count').textContent]).toEqual(['', '900 of 1,000 characters']);
    type(chat, 'a'.repeat(301));
    expect(find(chat, '.you .bubble').tabIndex).toBe(0);
  });
});
