/**
 * Overlays: what is laid over the kinds to answer one question. An overlay changes no page; it gives each page a
 * code, and each code a colour, which the overview paints as it is and larger cells paint inside the kind's outline.
 */
import { contrastInk, mixed } from './blend.ts';
import { pixelWord } from './colour.ts';
import { KIND, MOD, type PageView } from './page-view.ts';
import type { Palette } from './palette.ts';
import { ageRamp, OWNER_HUES, ownerColours } from './ramp.ts';

/**
 * `pins`: pages that keep a block from being emptied. `age`: one byte a page, 0 just used, 255 longest unused.
 * `owner`: one byte a page, 0 for none. `changed`: pages with a byte that is not 0, or, without bytes, those whose
 * state differs from the one on the screen when the overlay was set. `differs`: a byte of `DIFFERS` a page, against
 * another machine's picture.
 */
export type Overlay =
  | { readonly kind: 'none' }
  | { readonly kind: 'pins' }
  | { readonly kind: 'age'; readonly bytes: Uint8Array }
  | { readonly kind: 'owner'; readonly bytes: Uint8Array }
  | { readonly kind: 'changed'; readonly bytes?: Uint8Array }
  | { readonly kind: 'differs'; readonly bytes: Uint8Array };

export const NO_OVERLAY: Overlay = { kind: 'none' };

/** Codes below 12 are kinds. */
export const CODE = { gone: 12, refused: 13, pinned: 14, changed: 15, first: 16 } as const;
/** In what a page differs from the same page of another machine; 0 where it does not. */
export const DIFFERS = { here: 1, there: 2, other: 3 } as const;
/** Codes that owners have, from `CODE.first`. */
const OWNER_CODES = 240;
/** Ages are told in so many steps, each a code: coarse enough that a pixel of several pages has a most common one. */
export const AGE_STEPS = 16;

/** Whether a page of a kind holds something that has to go before its block is free. */
export const isUsed = (kind: number) => kind >= KIND.cleanFile && kind <= KIND.knoreclaim;

/** Whether a page keeps its block from being emptied for a large request: pinned, or kernel memory of no cache. */
export function blocks(state: number): boolean {
  const kind = state & 15;
  return kind === KIND.knoreclaim || (isUsed(kind) && (state & MOD.pinned) !== 0);
}

/**
 * Writes the codes of pages `[first, end)` of one tile into `codes`. Returns how many of them changed; their places in
 * the tile are the first so many of `touched`.
 */
export function codeTile(
  view: PageView,
  overlay: Overlay,
  since: Uint8Array | null,
  codes: Uint8Array,
  first: number,
  end: number,
  touched: Uint16Array,
): number {
  if (overlay.kind === 'none') return codeKinds(view.state, codes, first, end, touched);
  const code = CODERS[overlay.kind];
  const bytes = 'bytes' in overlay ? (overlay.bytes ?? null) : null;
  let count = 0;
  for (let pfn = first; pfn < end; pfn++) {
    const now = view.state[pfn]!;
    const value = code(now & 15, now, bytes?.[pfn] ?? 0, since?.[pfn] ?? now);
    if (codes[pfn] === value) continue;
    codes[pfn] = value;
    touched[count++] = pfn - first;
  }
  return count;
}

function codeKinds(
  state: Uint8Array,
  codes: Uint8Array,
  first: number,
  end: number,
  touched: Uint16Array,
): number {
  let count = 0;
  for (let pfn = first; pfn < end; pfn++) {
    const code = state[pfn]! & 15;
    if (codes[pfn] === code) continue;
    codes[pfn] = code;
    touched[count++] = pfn - first;
  }
  return count;
}

/** The code of a page of `kind`, from its overlay's byte and the state it is compared with. */
type Coder = (kind: number, state: number, byte: number, before: number) => number;

const CODERS: Readonly<Record<Exclude<Overlay['kind'], 'none'>, Coder>> = {
  pins: (kind, state) => (blocks(state) ? CODE.pinned : kind),
  age: (kind, _state, byte) => (isUsed(kind) ? CODE.first + (byte >> 4) : kind),
  owner: (kind, _state, byte) => (isUsed(kind) && byte > 0 ? CODE.first + ((byte - 1) % OWNER_CODES) : kind),
  differs: (kind, _state, byte) => (byte > 0 ? CODE.first + byte - 1 : kind),
  changed: (kind, state, byte, before) => (byte !== 0 || before !== state ? CODE.changed : kind),
};

/** How much of a kind's colour is left where an overlay speaks of something else. */
const FAINT = 0.28;

/** The colour of every code, as CSS text. Codes that are not used have the paper's. */
export function codeColours(palette: Palette, overlay: Overlay): string[] {
  const colours = new Array<string>(256).fill(palette.paper);
  const faint = overlay.kind !== 'none' && overlay.kind !== 'age';
  palette.kinds.forEach((paint, kind) => {
    colours[kind] = faint && isBusy(kind) ? mixed(palette.paper, paint.far, FAINT) : paint.far;
  });
  colours[CODE.refused] = palette.accent;
  colours[CODE.pinned] = palette.ink;
  colours[CODE.changed] = palette.accent;
  if (overlay.kind === 'age') colours.splice(CODE.first, AGE_STEPS, ...ageRamp(palette, AGE_STEPS));
  if (overlay.kind === 'owner') {
    const hues = ownerColours(palette);
    for (let i = 0; i < OWNER_CODES; i++) colours[CODE.first + i] = hues[i % OWNER_HUES]!;
  }
  if (overlay.kind === 'differs') {
    colours.splice(CODE.first, 3, palette.ink, palette.line2, palette.ink3);
  }
  return colours;
}

const isBusy = (kind: number) => isUsed(kind) || kind === KIND.boot;

/** The same colours as words of an ImageData. */
export function codeWords(palette: Palette, overlay: Overlay): Uint32Array {
  return Uint32Array.from(codeColours(palette, overlay), pixelWord);
}

/** Letter colour on a code's fill. */
export const inkOn = (palette: Palette, fill: string) => contrastInk(fill, palette.ink, palette.paper);
