/**
 * Numbers of what the page draws. They are the drawing's contract (src/render/page-view.ts holds the same; a test
 * compares them), and stand alone so that the page can name a kind without the machine behind it.
 */

/** Display kinds, low nibble of a state byte. */
export const SHOWN = {
  free: 0,
  idle: 1,
  cleanFile: 2,
  dirtyFile: 3,
  anon: 4,
  kreclaim: 5,
  knoreclaim: 6,
  boot: 7,
  hole: 8,
  parked: 9,
  pcp: 10,
  unknown: 11,
} as const;

/** Modifiers, high nibble. */
export const SHOWN_MOD = { pinned: 0x10, inSlab: 0x20, referenced: 0x40, stranded: 0x80 } as const;
