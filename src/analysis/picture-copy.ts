/**
 * A picture of one machine kept up to date: what the bytes of a page follow from is compared with a copy, and only
 * tiles in which something differs are painted again.
 */
import type { Machine } from '../engine/machine.ts';
import { paintPages } from './picture.ts';

/** A tile is 2^TILE_ORDER pages; blocks lie within one. */
export const TILE_ORDER = 10;

/** Columns compared; of the others that a page's bytes follow from (mappings, pins, locks, live objects) hints tell. */
const WATCHED = ['kind', 'order', 'flags'] as const;

export interface PictureCopy {
  readonly state: Uint8Array;
  readonly detail: Uint8Array;
  /** One byte a tile: 1 where {@link refreshPicture} changed a byte since it was last cleared. */
  readonly dirty: Uint8Array;
  readonly seen: readonly Uint32Array[];
}

/** A picture of nothing, that is: all of it is painted when it is first refreshed. */
export function createPictureCopy(m: Machine): PictureCopy {
  const { pages } = m.config;
  const tiles = Math.ceil(pages / (1 << TILE_ORDER));
  m.hints.unseen.fill(1);
  return {
    state: new Uint8Array(pages),
    detail: new Uint8Array(pages),
    dirty: new Uint8Array(tiles).fill(1),
    seen: WATCHED.map((name) => new Uint32Array(Math.ceil(m[name].byteLength / 4))),
  };
}

/** Brings the picture up to date with its machine. */
export function refreshPicture(p: PictureCopy, m: Machine): void {
  const { unseen } = m.hints;
  const columns = WATCHED.map((name) => wordsOf(m[name]));
  const anyLocked = m.vmaLocked.includes(1);
  for (let tile = 0; tile < p.dirty.length; tile++) {
    let differs = unseen[tile] === 1;
    unseen[tile] = 0;
    for (let c = 0; c < columns.length; c++) {
      const words = ((1 << TILE_ORDER) * m[WATCHED[c]!].BYTES_PER_ELEMENT) / 4;
      differs = takeOver(columns[c]!, p.seen[c]!, tile * words, words, differs);
    }
    if (!differs) continue;
    const first = tile << TILE_ORDER;
    const end = Math.min(m.config.pages, first + (1 << TILE_ORDER));
    if (paintPages(m, anyLocked, first, end, p.state, p.detail)) p.dirty[tile] = 1;
  }
}

/** Copies a run of words; tells whether one of them differed, or `known` where that needs no telling. */
function takeOver(from: Uint32Array, to: Uint32Array, start: number, count: number, known: boolean): boolean {
  const end = Math.min(from.length, start + count);
  let i = start;
  if (!known) while (i < end && from[i] === to[i]) i++;
  if (i === end) return false;
  to.set(from.subarray(i, end), i);
  return true;
}

/** A column as words; one that ends inside a word is copied, with zeros behind. */
function wordsOf(column: Uint8Array | Uint16Array): Uint32Array {
  if (column.byteLength % 4 === 0) {
    return new Uint32Array(column.buffer, column.byteOffset, column.byteLength / 4);
  }
  const words = new Uint32Array(Math.ceil(column.byteLength / 4));
  new Uint8Array(words.buffer).set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  return words;
}
