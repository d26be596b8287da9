import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { contentSecurityPolicy } from './scripts/csp.ts';

export default defineConfig({
  base: './',
  plugins: [react(), contentSecurityPolicy()],
  define: { __SINGLE_FILE__: 'false' },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Some parts of d3 are not marked as free of side effects: unused, they would come with the first script.
    rolldownOptions: { treeshake: { moduleSideEffects: [{ test: /node_modules.d3/, sideEffects: false }] } },
  },
  test: { include: ['test/**/*.test.ts', 'test/**/*.test.tsx'], passWithNoTests: false, testTimeout: 60_000 },
});
