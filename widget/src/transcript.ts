/** The visible talk, and what is being waited for at its end. */

import { h } from './dom';
import type { Words } from './strings';

export function transcript(words: Words) {
  const said = h('span', ''), waiting = h('div', 'typing', said);
  const element = h('div', { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': words.log, tabindex: '0' });
  const bottom = () => { element.scrollTop = element.scrollHeight; };
  return {
    element,

    /** Show `nodes` and nothing else. */
    fill(...nodes: Node[]): void {
      element.replaceChildren(...nodes, ...(waiting.isConnected ? [waiting] : []));
      bottom();
    },

    /** Add behind everything but the typing line. */
    add(node: Node): void {
      element.insertBefore(node, waiting.isConnected ? waiting : null);
      bottom();
    },

    typing(on: boolean): void {
      if (on === waiting.isConnected) return;
      said.textContent = words.typing;
      if (!on) return waiting.remove();
      element.append(waiting);
      bottom();
    },

    slow(): void { said.textContent = words.slow; },

    /** A reply is read from its beginning, below the question. */
    reveal(row: HTMLElement): void { element.scrollTop = row.offsetTop - 12; },
  };
}
