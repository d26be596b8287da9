/** Page views drawn as text: one letter per page, a digit for a free block of that order. */
import { KIND, MOD, type PageView, TAIL, type ZoneSpan } from '../../src/render/page-view.ts';

const LETTERS: Readonly<Record<string, number>> = {
  F: KIND.cleanFile,
  D: KIND.dirtyFile,
  A: KIND.anon,
  R: KIND.kreclaim,
  K: KIND.knoreclaim,
  B: KIND.boot,
  L: KIND.anon | MOD.pinned,
  i: KIND.idle | MOD.inSlab,
  p: KIND.parked | MOD.inSlab,
  f: KIND.cleanFile | MOD.inSlab,
  c: KIND.pcp,
  '?': KIND.unknown,
  _: KIND.hole,
};

/**
 * Reads a view: a letter is a page, a digit a free block of that order, `2:K` an allocated block of order 2. Spaces
 * part them where they help.
 */
export function viewOf(text: string, zones: readonly ZoneSpan[] = [], slabOrder = 5): PageView {
  const state: number[] = [];
  const detail: number[] = [];
  for (const [, order, owner, single] of text.matchAll(/(\d)(?::([A-Za-z]))?|([A-Za-z?_])/g)) {
    const letter = owner ?? single;
    const size = 1 << Number(order ?? 0);
    for (let page = 0; page < size; page++) {
      state.push(letter === undefined ? KIND.free : LETTERS[letter]!);
      detail.push(page === 0 ? Number(order ?? 0) : TAIL);
    }
  }
  return {
    pages: state.length,
    state: Uint8Array.from(state),
    detail: Uint8Array.from(detail),
    zones,
    slabOrder,
  };
}
