import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'jsdom',
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/browser.ts'],
    css: { include: [/.+/] },
    coverage: {
      include: ['src/**/*.ts'],
      exclude: ['src/index.ts', 'src/types.ts', 'src/css.d.ts'],
      thresholds: { branches: 90, lines: 90, functions: 90 },
      reporter: ['text-summary'],
    },
  },
});
