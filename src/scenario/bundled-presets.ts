/// <reference types="vite/types/importMeta.d.ts" />
/** The preset files, taken into the bundle by Vite: nothing is fetched. Only for code that Vite builds or tests. */
import { type PresetText, presetTexts } from './presets.ts';

/** All presets, `one-slab` first, the rest by title. */
export const bundledPresets: readonly PresetText[] = presetTexts(
  import.meta.glob<string>('../../public/scenarios/*.yaml', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);
