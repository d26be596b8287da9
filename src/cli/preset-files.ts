import { readdirSync, readFileSync } from 'node:fs';
import { type PresetText, presetTexts } from '../scenario/presets.ts';

/** The same presets as the bundled ones, read from public/scenarios of the repository. */
export function readPresetFiles(
  folder: URL = new URL('../../public/scenarios/', import.meta.url),
): PresetText[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return presetTexts(
    Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')])),
  );
}
