/** What the colours of an overlay mean, in order, for a legend. */
import type { Palette, Pattern } from './palette.ts';
import { OWNER_HUES, ownerColours, ownerPattern } from './ramp.ts';
import { AGE_STEPS, CODE, codeColours, type Overlay } from './tint.ts';

export interface LegendEntry {
  readonly colour: string;
  readonly pattern: Pattern;
  readonly text: string;
}

/** `scale`: entries are steps of an ordered ramp, only the first and last have a text. `list`: each has its own. */
export interface OverlayLegend {
  readonly kind: 'scale' | 'list';
  readonly title: string;
  readonly entries: readonly LegendEntry[];
}

/**
 * The legend of an overlay; `owners` are the names of owners 1, 2, … . Patterns of owners after the twelfth are drawn
 * from 8 px a cell; in the overview they share their colours, as the title says.
 */
export function overlayLegend(
  palette: Palette,
  kind: Overlay['kind'],
  owners: readonly string[] = [],
): OverlayLegend | null {
  const plain = (colour: string, text: string): LegendEntry => ({ colour, pattern: 'none', text });
  switch (kind) {
    case 'none':
      return null;
    case 'pins':
      return {
        kind: 'list',
        title: 'keeps its block from being emptied',
        entries: [plain(palette.ink, 'pinned, or kernel memory that cannot be reclaimed')],
      };
    case 'changed':
      return { kind: 'list', title: 'changed', entries: [plain(palette.accent, 'changed')] };
    case 'differs':
      return {
        kind: 'list',
        title: 'against the other picture',
        entries: [
          plain(palette.ink, 'only here in use'),
          plain(palette.line2, 'only there in use'),
          plain(palette.ink3, 'in use by another kind'),
        ],
      };
    case 'age':
      return { kind: 'scale', title: 'time since last use', entries: ageEntries(palette) };
    case 'owner': {
      const hues = ownerColours(palette);
      const entries = owners.map((text, i) => ({
        colour: hues[i % OWNER_HUES]!,
        pattern: ownerPattern(i + 1),
        text,
      }));
      const shared = owners.length > OWNER_HUES ? ', colours repeat with patterns after twelve' : '';
      return { kind: 'list', title: `owner${shared}`, entries };
    }
  }
}

function ageEntries(palette: Palette): LegendEntry[] {
  const colours = codeColours(palette, { kind: 'age', bytes: new Uint8Array(0) });
  const texts = new Map([
    [0, 'just used'],
    [AGE_STEPS - 1, 'longest unused'],
  ]);
  return colours
    .slice(CODE.first, CODE.first + AGE_STEPS)
    .map((colour, step) => ({ colour, pattern: 'none', text: texts.get(step) ?? '' }));
}
