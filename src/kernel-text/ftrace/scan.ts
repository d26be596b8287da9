/** Character scanning shared by the ftrace readers: no regular expressions and no copies on the hot path. */

export const SPACE = 32;
const TAB = 9;
const ZERO = 48;

export function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

export function isSpace(c: number): boolean {
  return c === SPACE || c === TAB;
}

/** Letters, digits and underscore: what an event's or a field's name is made of. */
export function isWord(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || isDigit(c) || c === 95;
}

export function skipSpaces(text: string, pos: number, end: number): number {
  while (pos < end && isSpace(text.charCodeAt(pos))) pos++;
  return pos;
}

export function skipToken(text: string, pos: number, end: number): number {
  while (pos < end && !isSpace(text.charCodeAt(pos))) pos++;
  return pos;
}

export function skipWord(text: string, pos: number, end: number): number {
  while (pos < end && isWord(text.charCodeAt(pos))) pos++;
  return pos;
}

export function skipDigits(text: string, pos: number, end: number): number {
  while (pos < end && isDigit(text.charCodeAt(pos))) pos++;
  return pos;
}

/** The decimal number that fills [from, end) exactly, or -1; also -1 above 2^53. */
export function readDecimal(text: string, from: number, end: number): number {
  if (from >= end || end - from > 16) return -1;
  let value = 0;
  for (let i = from; i < end; i++) {
    const c = text.charCodeAt(i);
    if (!isDigit(c)) return -1;
    value = value * 10 + (c - ZERO);
  }
  return Number.isSafeInteger(value) ? value : -1;
}

function hexDigit(c: number): number {
  if (isDigit(c)) return c - ZERO;
  const lower = c | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

function readHex(text: string, from: number, end: number): number {
  if (from >= end || end - from > 13) return -1;
  let value = 0;
  for (let i = from; i < end; i++) {
    const digit = hexDigit(text.charCodeAt(i));
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/**
 * A page frame number, or -1. Linux printed pfn=%lu up to 5.x and prints pfn=0x%lx since; a number without 0x
 * that has a letter in it is hex too.
 */
export function readPfn(text: string, from: number, end: number): number {
  if (end - from > 2 && text.charCodeAt(from) === ZERO && (text.charCodeAt(from + 1) | 32) === 120) {
    return within32(readHex(text, from + 2, end));
  }
  const decimal = readDecimal(text, from, end);
  return within32(decimal >= 0 ? decimal : readHex(text, from, end));
}

function within32(value: number): number {
  return value <= 0xffffffff ? value : -1;
}

/** (nil), (null), and zero in any width: the kernel's and the tools' ways to print a null pointer. */
export function isNullPointer(text: string, from: number, end: number): boolean {
  if (from >= end) return false;
  if (text.charCodeAt(from) === 40) {
    return text.startsWith('(nil)', from) || text.startsWith('(null)', from);
  }
  let i = from;
  if (text.startsWith('0x', from)) i += 2;
  for (; i < end; i++) if (text.charCodeAt(i) !== ZERO) return false;
  return true;
}
