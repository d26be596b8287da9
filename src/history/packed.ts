/**
 * A state put away: blocks of 1 KB in which all words are alike (unused room, free memory, what a workload has none of)
 * as one word, the others one behind the other. In `file-server` that spares more than half of the state.
 */
import { type ColumnName, type Columns, columnNames } from '../engine/machine.ts';

/** Words of a block. */
const BLOCK = 256;

interface PackedColumn {
  readonly length: number;
  /** By block: the word that fills it; where `isMixed` says 1, nothing. */
  readonly fill: Int32Array;
  readonly isMixed: Uint8Array;
  /** The words of the mixed blocks, and what a column has more than whole words. */
  readonly mixed: Int32Array;
  readonly rest: Uint8Array;
}

export interface Packed {
  readonly columns: readonly PackedColumn[];
  readonly bytes: number;
}

type Column = Columns[ColumnName];

/** A copy of all columns. */
export function packState(state: Columns): Packed {
  const columns = columnNames(state).map((name) => packColumn(state[name]));
  const bytes = columns.reduce(
    (sum, { fill, isMixed, mixed }) => sum + fill.byteLength + isMixed.byteLength + mixed.byteLength,
    0,
  );
  return { columns, bytes };
}

/** Makes `state`, of the same machine, equal to what was put away, lengths of columns included. */
export function unpackState({ columns }: Packed, state: Columns): void {
  columnNames(state).forEach((name, i) => {
    const packed = columns[i]!;
    if (state[name].length !== packed.length) {
      Object.assign(state, {
        [name]: new (state[name].constructor as new (n: number) => Column)(packed.length),
      });
    }
    unpackColumn(packed, state[name]);
  });
}

function packColumn(column: Column): PackedColumn {
  const words = wordsOf(column);
  const blocks = Math.ceil(words.length / BLOCK);
  const fill = new Int32Array(blocks);
  const isMixed = new Uint8Array(blocks);
  let mixedWords = 0;
  for (let block = 0; block < blocks; block++) {
    const start = block * BLOCK;
    const end = Math.min(words.length, start + BLOCK);
    fill[block] = words[start]!;
    if (isAlike(words, start, end)) continue;
    isMixed[block] = 1;
    mixedWords += end - start;
  }
  const mixed = new Int32Array(mixedWords);
  let at = 0;
  for (let block = 0; block < blocks; block++) {
    if (isMixed[block] === 0) continue;
    const run = words.subarray(block * BLOCK, (block + 1) * BLOCK);
    mixed.set(run, at);
    at += run.length;
  }
  return { length: column.length, fill, isMixed, mixed, rest: restOf(column).slice() };
}

function isAlike(words: Int32Array, start: number, end: number): boolean {
  const first = words[start]!;
  for (let i = start + 1; i < end; i++) if (words[i] !== first) return false;
  return true;
}

function unpackColumn({ fill, isMixed, mixed, rest }: PackedColumn, column: Column): void {
  const words = wordsOf(column);
  let at = 0;
  for (let block = 0; block < fill.length; block++) {
    const start = block * BLOCK;
    const end = Math.min(words.length, start + BLOCK);
    if (isMixed[block] === 0) {
      words.fill(fill[block]!, start, end);
    } else {
      words.set(mixed.subarray(at, at + end - start), start);
      at += end - start;
    }
  }
  restOf(column).set(rest);
}

/** The words that lie wholly inside a column. */
function wordsOf({ buffer, byteOffset, byteLength }: Column): Int32Array {
  return new Int32Array(buffer, byteOffset, byteLength >> 2);
}

/** The bytes behind them. */
function restOf({ buffer, byteOffset, byteLength }: Column): Uint8Array {
  const whole = byteLength & ~3;
  return new Uint8Array(buffer, byteOffset + whole, byteLength - whole);
}
