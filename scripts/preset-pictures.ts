/** The pictures of the presets in the gallery: one hex digit a page, the display kind (src/render/page-view.ts). */
import { paintView } from '../src/analysis/picture.ts';
import { applyOperation } from '../src/engine/apply.ts';
import { bootMachine } from '../src/engine/boot.ts';
import { parseScenario } from '../src/scenario/parse.ts';
import type { PresetText } from '../src/scenario/presets.ts';
import { resolveScenario } from '../src/scenario/resolve.ts';

/** Where the pictures are kept; a test holds them to what the engine gives. */
export const PICTURES_FILE = 'src/ui/gallery/pictures.txt';

/** One line: the id, a space, a digit a page. Of the moment the preset opens at, or of its end where it opens at boot. */
export function pictureLine({ id, text }: PresetText): string {
  const parsed = parseScenario(text);
  if (!parsed.ok) throw new Error(`preset ${id}: ${parsed.problems[0]!.message}`);
  const { config, operations, openAt } = resolveScenario(parsed.scenario);
  const machine = bootMachine(config);
  const until = openAt.step > 0 ? openAt.step : operations.length;
  for (let step = 0; step < until; step++) applyOperation(machine, operations, step);
  const state = new Uint8Array(config.pages);
  paintView(machine, state, new Uint8Array(config.pages));
  return `${id} ${[...state].map((byte) => (byte & 0xf).toString(16)).join('')}`;
}
