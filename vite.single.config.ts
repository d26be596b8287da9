import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Takes the worker's code into the script as a blob: from file:// a worker's own file does not load. */
function inlineWorkers(): Plugin {
  return {
    name: 'order0:inline-workers',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith('?worker')) return null;
      const file = await this.resolve(source.slice(0, -'?worker'.length), importer, { skipSelf: true });
      return file === null ? null : `${file.id}?worker&inline`;
    },
  };
}

/** The page as one classic script and one style sheet; scripts/build-single.ts puts both into one file. */
export default defineConfig({
  base: './',
  publicDir: false,
  plugins: [inlineWorkers(), react()],
  define: { __SINGLE_FILE__: 'true' },
  worker: { format: 'iife' },
  build: {
    target: 'es2022',
    outDir: 'dist-single',
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: { output: { format: 'iife', codeSplitting: false } },
  },
});
