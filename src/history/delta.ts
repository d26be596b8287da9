/**
 * What differs between two states of one machine, word by word, as the two values XORed: applied to either state it
 * gives the other. States of a machine differ in few words over thousands of operations (4 to 9 an operation at a
 * million pages), so a delta is a small part of a copy.
 */
import { type ColumnName, type Columns, columnNames, fillerOf } from '../engine/machine.ts';
import { DeltaReader, DeltaWriter } from './delta-bytes.ts';

/** Packed as src/history/delta-bytes.ts says; columns and words rising. */
export type Delta = Uint8Array;

type Column = Columns[ColumnName];

/** Where deltas are written before their size is known. */
const writer = new DeltaWriter();

/**
 * The delta from `kept` to `now`; makes `kept` equal to `now` on the way. What a longer column has more is compared
 * with the filler of unused ends, which it mostly is.
 */
export function catchUp(kept: Columns, now: Columns): Delta {
  writer.start();
  columnNames(kept).forEach((name, column) => {
    fitColumn(kept, name, Math.max(kept[name].length, now[name].length));
    writer.startColumn(column);
    catchUpColumn(kept[name], now[name], fillerOf(name));
    fitColumn(kept, name, now[name].length);
  });
  return writer.finish();
}

/** Cells of eight bytes looked at between two checks for the end; and the words in them. */
const RUN = 4;
const RUN_WORDS = RUN * 2;

/** The first run of cells from `from` on that differs; `to` where none does. */
function nextDifferent(a: BigInt64Array, b: BigInt64Array, from: number, to: number): number {
  for (let i = from; i < to; i += RUN) {
    if (a[i] !== b[i] || a[i + 1] !== b[i + 1] || a[i + 2] !== b[i + 2] || a[i + 3] !== b[i + 3]) return i;
  }
  return to;
}

function catchUpWords(a: Int32Array, b: Int32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const value = b[i]!;
    if (value === a[i]) continue;
    writer.put(i, value ^ a[i]!);
    a[i] = value;
  }
}

/** Writes how one column differs. `kept` is as long as `now` or longer. */
function catchUpColumn(kept: Column, now: Column, filler: number): void {
  const a = wholeWords(kept);
  const b = wholeWords(now);
  const [wideA, wideB] = [wholeCells(kept), wholeCells(now)];
  const end = wideB.length - (wideB.length % RUN);
  // most runs are alike: compared as the widest cells there are, at the speed of memory
  for (let i = nextDifferent(wideA, wideB, 0, end); i < end; i = nextDifferent(wideA, wideB, i + RUN, end)) {
    catchUpWords(a, b, 2 * i, 2 * i + RUN_WORDS);
  }
  catchUpWords(a, b, 2 * end, b.length);
  // a column that ends inside a word, and what it had more in another past
  for (let i = b.length; i < wordsOf(kept); i++) {
    const change = wordAt(kept, i) ^ (i * 4 < now.byteLength ? wordAt(now, i) : filler);
    if (change === 0) continue;
    writer.put(i, change);
    flipWord(kept, i, change);
  }
}

/** Words of a column that all deltas are applied to before the next: 128 KB, which stay in the processor's own memory. */
const APPLY_WORDS = 32_768;

/**
 * Takes a state to the other side of deltas that follow each other; they may be given in any order. Its columns must
 * be at least as long as anywhere on the way; {@link fitColumns} gives them the length of the side they are on.
 * What the deltas change lies far apart, so that one after the other would fetch most of the state anew for each.
 */
export function applyDeltas(state: Columns, deltas: readonly Delta[]): void {
  const names = columnNames(state);
  const readers = deltas.map((delta) => new DeltaReader(delta)).filter((reader) => reader.nextColumn());
  while (readers.length > 0) {
    const number = readers.reduce((least, { column }) => Math.min(least, column), names.length);
    const here = readers.filter(({ column }) => column === number);
    const column = state[names[number]!];
    applyColumn(column, here);
    const over = new Set(here.filter((reader) => !reader.nextColumn()));
    if (over.size > 0) readers.splice(0, readers.length, ...readers.filter((reader) => !over.has(reader)));
  }
}

function applyColumn(column: Column, readers: readonly DeltaReader[]): void {
  const words = wholeWords(column);
  for (let start = 0; start < words.length; start += APPLY_WORDS) {
    const end = Math.min(words.length, start + APPLY_WORDS);
    for (const reader of readers) reader.xorInto(words, end);
  }
  for (const reader of readers) while (reader.next()) flipWord(column, reader.word, reader.change);
}

/** The delta that two following each other make together; a word changed there and back drops out. */
export function joinDeltas(a: Delta, b: Delta): Delta {
  writer.start();
  const first = new DeltaReader(a);
  const second = new DeltaReader(b);
  let inA = first.nextColumn();
  let inB = second.nextColumn();
  while (inA || inB) {
    const fromA = inA && (!inB || first.column <= second.column);
    const fromB = inB && (!inA || second.column <= first.column);
    writer.startColumn(fromA ? first.column : second.column);
    joinColumn(fromA ? first : null, fromB ? second : null);
    if (fromA) inA = first.nextColumn();
    if (fromB) inB = second.nextColumn();
  }
  return writer.finish();
}

function joinColumn(first: DeltaReader | null, second: DeltaReader | null): void {
  let a = first?.next() ? first : null;
  let b = second?.next() ? second : null;
  while (a || b) {
    const word = Math.min(a ? a.word : Number.POSITIVE_INFINITY, b ? b.word : Number.POSITIVE_INFINITY);
    let change = 0;
    if (a?.word === word) {
      change = a.change;
      if (!a.next()) a = null;
    }
    if (b?.word === word) {
      change ^= b.change;
      if (!b.next()) b = null;
    }
    if (change !== 0) writer.put(word, change);
  }
}

/** Lengths of all columns, in the order of their names. */
export function columnLengths(state: Columns): Uint32Array {
  return Uint32Array.from(columnNames(state), (name) => state[name].length);
}

/** Gives every column at least (`exactly`: just) the length told; new ends hold the filler. */
export function fitColumns(state: Columns, lengths: Uint32Array, exactly: boolean): void {
  columnNames(state).forEach((name, i) => {
    const length = lengths[i]!;
    if (exactly || state[name].length < length) fitColumn(state, name, length);
  });
}

function fitColumn(state: Columns, name: ColumnName, length: number): void {
  const column = state[name];
  if (column.length === length) return;
  const fitted = new (column.constructor as new (n: number) => Column)(length);
  if (length > column.length) fitted.fill(fillerOf(name), column.length);
  fitted.set(column.subarray(0, length));
  Object.assign(state, { [name]: fitted });
}

/** Words a column takes up, the last one perhaps in part. */
function wordsOf(column: Column): number {
  return Math.ceil(column.byteLength / 4);
}

/** The words that lie wholly inside a column. */
function wholeWords({ buffer, byteOffset, byteLength }: Column): Int32Array {
  return new Int32Array(buffer, byteOffset, byteLength >> 2);
}

/** The cells of eight bytes that lie wholly inside a column. */
function wholeCells({ buffer, byteOffset, byteLength }: Column): BigInt64Array {
  return new BigInt64Array(buffer, byteOffset, byteLength >> 3);
}

function bytesOf({ buffer, byteOffset, byteLength }: Column): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Word `i` of a column, zero behind its end. */
function wordAt(column: Column, i: number): number {
  const bytes = bytesOf(column);
  let word = 0;
  for (let k = 0; k < 4; k++) word |= (bytes[i * 4 + k] ?? 0) << (8 * k);
  return word;
}

function flipWord(column: Column, i: number, change: number): void {
  const bytes = bytesOf(column);
  for (let k = 0; k < 4 && i * 4 + k < bytes.length; k++) {
    bytes[i * 4 + k] = bytes[i * 4 + k]! ^ ((change >>> (8 * k)) & 0xff);
  }
}
