/**
 * What differs between two states of one machine, word by word, as the two values XORed: applied to either state it
 * gives the other. States of a machine differ in few words over thousands of operations (4 to 9 an operation at a
 * million pages), so a delta is a small part of a copy.
 */
import { type ColumnName, type Columns, columnNames, fillerOf } from '../engine/machine.ts';

/** Runs of [column, words, index, xor, index, xor, ...], columns and indices rising. */
export type Delta = Uint32Array;

type Column = Columns[ColumnName];

/** Where deltas are written before their size is known; grows to the largest seen. */
let scratch = new Uint32Array(1 << 16);

function roomFor(words: number): void {
  if (words <= scratch.length) return;
  const longer = new Uint32Array(Math.max(words, scratch.length * 2));
  longer.set(scratch);
  scratch = longer;
}

/**
 * The delta from `kept` to `now`; makes `kept` equal to `now` on the way. What a longer column has more is compared
 * with the filler of unused ends, which it mostly is.
 */
export function catchUp(kept: Columns, now: Columns): Delta {
  const names = columnNames(kept);
  let at = 0;
  for (let column = 0; column < names.length; column++) {
    const name = names[column]!;
    fitColumn(kept, name, Math.max(kept[name].length, now[name].length));
    roomFor(at + 2 + 2 * wordsOf(kept[name]) + 2);
    const end = catchUpColumn(kept[name], now[name], fillerOf(name), at + 2);
    if (end > at + 2) {
      scratch[at] = column;
      scratch[at + 1] = (end - at - 2) / 2;
      at = end;
    }
    fitColumn(kept, name, now[name].length);
  }
  return scratch.slice(0, at);
}

/** Writes the pairs of one column from `at` on; returns where they end. `kept` is as long as `now` or longer. */
function catchUpColumn(kept: Column, now: Column, filler: number, at: number): number {
  const a = wholeWords(kept);
  const b = wholeWords(now);
  let end = at;
  for (let i = 0; i < b.length; i++) {
    const value = b[i]!;
    if (value === a[i]) continue;
    scratch[end] = i;
    scratch[end + 1] = value ^ a[i]!;
    end += 2;
    a[i] = value;
  }
  // a column that ends inside a word, and what the machine had more in another past
  for (let i = b.length; i < wordsOf(kept); i++) {
    const change = wordAt(kept, i) ^ (i * 4 < now.byteLength ? wordAt(now, i) : filler);
    if (change === 0) continue;
    scratch[end] = i;
    scratch[end + 1] = change;
    end += 2;
    flipWord(kept, i, change);
  }
  return end;
}

/**
 * Takes a state to the other side of a delta. Its columns must be at least as long as on either side;
 * {@link fitColumns} gives them the length of the side they are on.
 */
export function applyDelta(state: Columns, delta: Delta): void {
  const names = columnNames(state);
  for (let at = 0; at < delta.length; ) {
    const column = state[names[delta[at]!]!];
    const end = at + 2 + 2 * delta[at + 1]!;
    const words = wholeWords(column);
    for (at += 2; at < end; at += 2) {
      const i = delta[at]!;
      if (i < words.length) words[i] = words[i]! ^ delta[at + 1]!;
      else flipWord(column, i, delta[at + 1]!);
    }
  }
}

/** The delta that two following each other make together. */
export function joinDeltas(a: Delta, b: Delta): Delta {
  roomFor(a.length + b.length);
  let at = 0;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const column = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY);
    const endA = a[i] === column ? i + 2 + 2 * a[i + 1]! : i;
    const endB = b[j] === column ? j + 2 + 2 * b[j + 1]! : j;
    const end = joinPairs(a, endA > i ? i + 2 : i, endA, b, endB > j ? j + 2 : j, endB, at + 2);
    if (end > at + 2) {
      scratch[at] = column;
      scratch[at + 1] = (end - at - 2) / 2;
      at = end;
    }
    i = endA;
    j = endB;
  }
  return scratch.slice(0, at);
}

/** Merges the pairs a[i..endA) and b[j..endB) by index; a word changed there and back drops out. */
function joinPairs(a: Delta, i: number, endA: number, b: Delta, j: number, endB: number, at: number): number {
  let end = at;
  while (i < endA || j < endB) {
    const inA = i < endA && (j >= endB || a[i]! <= b[j]!);
    const inB = j < endB && (i >= endA || b[j]! <= a[i]!);
    const change = (inA ? a[i + 1]! : 0) ^ (inB ? b[j + 1]! : 0);
    if (change !== 0) {
      scratch[end] = inA ? a[i]! : b[j]!;
      scratch[end + 1] = change;
      end += 2;
    }
    if (inA) i += 2;
    if (inB) j += 2;
  }
  return end;
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
function wholeWords({ buffer, byteOffset, byteLength }: Column): Uint32Array {
  return new Uint32Array(buffer, byteOffset, byteLength >> 2);
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
