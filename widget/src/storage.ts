/** Keeps one JSON value in localStorage and tells when another tab, or another widget on the page, changed it. */

const watchers = new Set<(key: string | null, by?: object) => void>();

export function storage<T>(key: string) {
  const self = {
    /** Return the value, null where there is none, undefined where the browser keeps nothing. */
    read(): T | null | undefined {
      try { return JSON.parse(localStorage.getItem(key)!); } catch { /* blocked */ }
    },

    write(value: T | null): void {
      try {
        if (value) localStorage.setItem(key, JSON.stringify(value)); else localStorage.removeItem(key);
        watchers.forEach((tell) => tell(key, self));
      } catch { /* blocked, or full */ }
    },

    /** Call `act` at each change by others until `signal` ends it. */
    watch(act: () => void, signal: AbortSignal): void {
      const watcher = (changed: string | null, by?: object) => { if (by !== self && (changed === key || !changed)) act(); };
      watchers.add(watcher);
      signal.addEventListener('abort', () => watchers.delete(watcher));
      addEventListener('storage', (event) => watcher(event.key), { signal });
    },
  };
  return self;
}
