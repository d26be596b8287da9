/** The presets as files of the repository. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PresetText, presetTexts } from '../scenario/presets.ts';

const FOLDER = join(import.meta.dirname, '../../public/scenarios');

/** All presets, `one-slab` first, the rest by title. */
export function presetFiles(): PresetText[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
  return presetTexts(Object.fromEntries(files.map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')])));
}
