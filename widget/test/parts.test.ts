import { describe, expect, it, vi } from 'vitest';
import { contrast, palette, readable } from '../src/colors';
import { choicesOf } from '../src/choices';
import { h } from '../src/dom';
import { thumbs } from '../src/feedback';
import { newId } from '../src/ids';
import { length, limitFor, namesOn } from '../src/label';
import { link, render, spoken } from '../src/markdown';
import { Fault } from '../src/api';
import { queue } from '../src/queue';
import { messages } from '../src/reply';
import { storage } from '../src/storage';
import { LANGUAGES, wordsFor } from '../src/strings';
import { print, textOf } from '../src/talk';

const { en, es } = LANGUAGES as { en: typeof import('../src/strings/en').en; es: typeof import('../src/strings/en').en };
const html = (text: string) => h('div', '', ...render(text, ' (new)')).innerHTML;
const settle = () => new Promise((go) => { setTimeout(go); });

describe('words', () => {
  it('are complete in every language, and none is empty or left in English', () => {
    for (const words of Object.values(LANGUAGES)) {
      expect(Object.keys(words)).toEqual(Object.keys(en));
      for (const [key, word] of Object.entries(words)) expect((typeof word === 'function' ? (word as (n: never) => string)(7 as never) : word).trim(), key).not.toBe('');
    }
    const same = Object.keys(en).filter((key) => String(es[key as keyof typeof es]) === String(en[key as keyof typeof en]));
    expect(same).toEqual([]);
  });

  it('follow the tag, and fall back to English', () => {
    expect(wordsFor('es-MX')[0]).toBe('es');
    expect(wordsFor('')[0]).toBe('en');
    expect(wordsFor('toString')[0]).toBe('en');
    expect(wordsFor('en', 'Ask us')[1].open).toBe('Ask us');
    expect(es.count('1', '2')).toContain('1 de 2');
    expect([es.over('1'), es.list(1), es.call('112'), es.sources(2)].every((word) => /\d/.test(word))).toBe(true);
  });
});

describe('markdown', () => {
  it('makes paragraphs, lists, strong and links', () => {
    expect(html('a **b**\nc\n\n- d\n- e\nf')).toBe('<p>a <strong>b</strong><br>c</p><ul><li>d</li><li>e</li></ul><p>f</p>');
    expect(html('[x](tel:911)')).toBe('<p><a href="tel:911">x</a></p>');
    expect(html('[x](https://example.org/)')).toContain('rel="noopener noreferrer"');
  });

  it.each(['javascript:x', 'data:x', 'http://x', '//x', 'x', 'blob:x', ' javascript:x'])('leaves %s as text', (address) => {
    expect(link('x', address, '')).toBeNull();
    expect(html(`[x](${address})`)).not.toContain('href');
  });

  it('is read out without its signs', () => {
    expect(spoken('**a**\n\n- b\n- [c](tel:1)')).toBe('a b c');
  });
});

describe('reply', () => {
  it('keeps what has the form of a message', () => {
    const [one] = messages({ messages: [{ id: '1', from: 'visitor', text: 'hi', urgency: 'soon', topics: ['a'], choices: [{ id: 'c', title: 't' }, null, {}], sources: [{ title: 's' }, 7] }] });
    expect(one).toEqual({ id: '1', mine: true, text: 'hi', urgency: 'soon', rated: true, choices: [{ id: 'c', title: 't' }], sources: [{ title: 's', publisher: '', url: '' }] });
  });

  it.each([{}, { messages: 'x' }, { messages: [null, 1, { text: 5 }, { text: ' ' }] }])('drops the rest: %j', (given) => {
    expect(messages(given)).toEqual([]);
  });

  it('rates no emergency, and no small talk', () => {
    const rated = (more: object) => messages({ messages: [{ text: 'x', ...more }] })[0]!.rated;
    expect([rated({ urgency: 'emergency', topics: ['a'] }), rated({ topics: [] }), rated({}), rated({ sources: [{ title: 's' }] })]).toEqual([false, false, false, true]);
  });
});

describe('labels', () => {
  it('are told from questions', () => {
    const label = `Ingredients: ${Array.from({ length: 9 }, (_, at) => `Name ${at}`).join(', ')}.`;
    expect(namesOn(label)).toHaveLength(9);
    expect(namesOn(label)[0]).toBe('Name 0');
    expect([limitFor(label), limitFor('Is it, or is it not, a milium?')]).toEqual([8000, 1000]);
    expect(namesOn(`${'a long story '.repeat(9)}, ${'x,'.repeat(1)}`)).toEqual([]);
    expect(length('🙂é')).toBe(2);
  });
});

describe('colors', () => {
  it('become readable on their ground', () => {
    for (const accent of [[255, 225, 77], [11, 110, 110], [16, 16, 16], [255, 255, 255]]) {
      expect(contrast(readable(accent, [239, 243, 244], 0), [239, 243, 244])).toBeGreaterThanOrEqual(4.5);
      expect(contrast(readable(accent, [36, 45, 51], 255), [36, 45, 51])).toBeGreaterThanOrEqual(4.5);
    }
    expect(palette('rgb(11, 110, 110)')['--on-a']).toBe('#fff');
    expect(palette('rgba(255, 225, 77, 1)')).toMatchObject({ '--a': 'rgb(255 225 77)', '--on-a': '#10181c' });
  });
});

describe('choices', () => {
  it('are used once and stay', () => {
    const take = vi.fn(), group = choicesOf([{ id: 'a', title: 'A' }, { id: 'b', title: 'B' }], en, take)!;
    const [first, second] = group.querySelectorAll('button');
    first!.click();
    second!.click();
    expect(take.mock.calls).toEqual([[{ id: 'a', title: 'A' }]]);
    expect([first!.disabled, second!.disabled, first!.textContent]).toEqual([true, true, `A${en.chosen}`]);
    expect(choicesOf([], en, take)).toBeNull();
    expect(choicesOf([{ id: 'a', title: 'A' }], en, take, '')!.querySelector('button')!.disabled).toBe(true);
  });
});

describe('thumbs', () => {
  it('send what was meant, and say where that failed', async () => {
    const rate = vi.fn().mockResolvedValue({}), say = vi.fn(), row = thumbs(en, rate, say);
    document.body.append(row);
    const [up, down] = row.querySelectorAll('button');
    up!.click();
    await settle();
    expect([rate.mock.lastCall, row.textContent, up!.getAttribute('aria-pressed')]).toEqual([[true, undefined], en.thanks, 'true']);
    down!.click();
    await settle();
    row.querySelectorAll<HTMLElement>('.why button')[2]!.click();
    await settle();
    expect(rate.mock.lastCall).toEqual([false, 'wrong']);
    expect(say.mock.calls.flat()).toEqual([en.thanks, en.why, en.thanks]);
    rate.mockRejectedValue(new Error());
    up!.click();
    await settle();
    expect([row.textContent, up!.getAttribute('aria-pressed')]).toEqual([en.failed, 'false']);
  });
});

describe('queue', () => {
  const item = (id: string) => ({ id, text: id });

  it('delivers in order, one at a time, each id once', async () => {
    const sent: string[] = [], line = queue(async ({ id }) => { sent.push(id); await settle(); }, () => {}, () => {});
    line.add(item('a'), item('b'));
    line.add(item('a'));
    await Promise.all([line.run(), line.run()]);
    expect([sent, line.items, line.running]).toEqual([['a', 'b'], [], false]);
  });

  it('stops before what may pass later, and goes on behind what cannot', async () => {
    const faults: Record<string, Error> = { a: new Fault('network'), b: new Fault('server', 413) }, failed: string[] = [];
    const line = queue(async ({ id }) => { if (faults[id]) throw faults[id]; }, () => {}, ({ id }) => failed.push(id));
    line.add(item('a'), item('b'), item('c'));
    await line.run();
    expect([failed, line.items.length]).toEqual([['a'], 3]);
    delete faults.a;
    await line.run();
    expect([failed, line.items.length]).toEqual([['a', 'b'], 0]);
  });

  it('takes a mistake of its own for a fault, and says nothing of what was dropped meanwhile', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {}), failed = vi.fn();
    const line = queue(async () => { throw new Error('own'); }, () => {}, failed);
    line.add(item('a'));
    await line.run();
    expect(failed.mock.lastCall![1]).toBeInstanceOf(Fault);
    const dropping = queue(async () => { dropping.drop(() => true); throw new Fault('network'); }, () => {}, failed);
    dropping.add(item('a'));
    failed.mockClear();
    await dropping.run();
    expect(failed).not.toHaveBeenCalled();
    error.mockRestore();
  });
});

describe('storage', () => {
  it('keeps, drops, and tells the others', () => {
    const one = storage<{ a: number }>('k'), two = storage<{ a: number }>('k'), heard = vi.fn(), end = new AbortController();
    two.watch(heard, end.signal);
    two.write({ a: 0 });
    expect(heard).not.toHaveBeenCalled();
    one.write({ a: 1 });
    expect([heard.mock.calls.length, two.read()]).toEqual([1, { a: 1 }]);
    one.write(null);
    expect(two.read()).toBeNull();
    window.dispatchEvent(new StorageEvent('storage', { key: 'k' }));
    window.dispatchEvent(new StorageEvent('storage', { key: 'other' }));
    window.dispatchEvent(new StorageEvent('storage', { key: null }));
    expect(heard).toHaveBeenCalledTimes(4);
    end.abort();
    one.write({ a: 2 });
    expect(heard).toHaveBeenCalledTimes(4);
  });

  it('does without where the browser keeps nothing, or nonsense', () => {
    const kept = storage('k');
    localStorage.setItem('k', '{');
    expect(kept.read()).toBeUndefined();
    const blocked = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => { throw new Error('blocked'); });
    expect(() => kept.write({})).not.toThrow();
    blocked.mockRestore();
  });
});

describe('talk', () => {
  it('goes to paper and to text without what cannot be used there', () => {
    const pages: HTMLElement[] = [];
    const frame = vi.spyOn(HTMLIFrameElement.prototype, 'contentWindow', 'get').mockImplementation(function page(this: HTMLIFrameElement) {
      const other = document.implementation.createHTMLDocument();
      Object.defineProperty(other.body, 'innerText', { get: () => other.body.textContent });
      pages.push(other.body);
      return { document: other, CSSStyleSheet, frameElement: this, print: () => {} } as unknown as Window;
    });
    const row = h('div', 'msg', h('details', '', h('a', { href: 'https://example.org/', target: '_blank' }, 'Milia')));
    expect(textOf([row])).toContain('Milia (https://example.org/)');
    expect(document.querySelector('iframe')).toBeNull();
    print([row]);
    expect(pages.at(-1)!.querySelector('details')!.open).toBe(true);
    frame.mockRestore();
  });
});

it('names are random', () => {
  expect(newId()).not.toBe(newId());
  expect(newId()).toMatch(/^[\w-]{8,64}$/);
});
