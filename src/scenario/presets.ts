/**
 * Presets are scenario files; this module knows only their texts. Where the texts come from is the host's matter:
 * bundled-presets.ts in a page or a test, src/cli/preset-files.ts on Node.
 */
import { parseScenario } from './parse.ts';

export interface PresetText {
  /** File name without `.yaml`; the id in links and on the command line. */
  readonly id: string;
  readonly text: string;
}

export interface PresetSummary {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
}

/** The preset a visitor meets first. */
export const FIRST_PRESET = 'one-slab';

/** Texts by path become presets: the file's name is the id; `one-slab` first, the rest by title. */
export function presetTexts(byPath: Readonly<Record<string, string>>): PresetText[] {
  return Object.entries(byPath)
    .map(([path, text]) => ({ id: path.replace(/^.*\//, '').replace(/\.yaml$/, ''), text }))
    .map((preset) => ({ preset, key: sortKey(preset) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ preset }) => preset);
}

/** Code units, not a locale's order: the same list on every host. */
function sortKey({ id, text }: PresetText): string {
  return id === FIRST_PRESET ? '' : `${titleLine(text).toLowerCase()} ${id}`;
}

function titleLine(text: string): string {
  return /^title:\s*(.*)$/m.exec(text)?.[1] ?? '';
}

/** Id, title and summary of each preset, in the given order. @throws Error for a preset that is no scenario */
export function listPresets(presets: readonly PresetText[]): PresetSummary[] {
  return presets.map(({ id, text }) => {
    const parsed = parseScenario(text);
    if (!parsed.ok) throw new Error(`preset ${id}: ${parsed.problems[0]!.message}`);
    return { id, title: parsed.scenario.title, summary: parsed.scenario.summary ?? '' };
  });
}

export function findPreset(presets: readonly PresetText[], id: string): PresetText | undefined {
  return presets.find((preset) => preset.id === id);
}
