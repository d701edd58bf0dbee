/** The visitor's messages on their way: one after the other, each kept until it was answered. */

import { Fault, passes } from './api';
import type { Item } from './types';

/**
 * `deliver` throws a Fault where a message was not answered; `changed` hears of what is on its way and whether any is
 * under way; `failed` of what was not delivered.
 */
export function queue(deliver: (item: Item) => Promise<void>, changed: () => void, failed: (item: Item, fault: Fault) => void) {
  const self = {
    items: [] as Item[],
    running: false,

    add(...items: Item[]): void {
      self.items.push(...items.filter(({ id }) => !self.items.some((one) => one.id === id)));
      changed();
    },

    drop(gone: (item: Item) => unknown): void {
      self.items = self.items.filter((item) => !gone(item));
      changed();
    },

    /** Deliver what waits. What failed but may get through later stays first in line, and everything behind it waits too. */
    async run(): Promise<void> {
      if (self.running) return;
      for (let item: Item | undefined; (item = self.items[0]);) {
        const first = item;
        let fault: Fault | undefined;
        self.running = true;
        changed();
        try {
          await deliver(first);
        } catch (error) {
          fault = error instanceof Fault ? error : new Fault('server');
          if (fault !== error) console.error(error);
        }
        self.running = false;
        const waits = self.items.includes(first), stays = waits && fault && passes(fault);   // it waits no more after an erasure
        self.drop((one) => one === first && !stays);
        if (waits && fault) failed(first, fault);
        if (stays) return;
      }
    },
  };
  return self;
}
