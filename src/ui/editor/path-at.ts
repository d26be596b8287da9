/** Which field of a scenario a place in its text belongs to, by indentation: also while the line is half written. */
import type { FieldPath } from '../../scenario/edit-text.ts';

export interface Place {
  /** The map the cursor is in (a key is being written), or the field whose value is. */
  readonly path: FieldPath;
  readonly role: 'key' | 'value';
  /** Offset where the word at the cursor begins. */
  readonly from: number;
  /** Column a key of this map stands at. */
  readonly column: number;
}

interface Level {
  readonly indent: number;
  readonly key: string | number;
}

const KEY = /^([\w$-]+|"[^"]*"|'[^']*')\s*:(?=\s|$)/;

/** Walks the lines up to `offset`. Null inside comments, block texts and flow maps, where nothing is known. */
export function placeAt(text: string, offset: number): Place | null {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(lineStart, offset);
  const levels = levelsBefore(text.slice(0, lineStart), line);
  if (levels === null) return null;
  if (/(^|\s)#/.test(line)) return null;
  const { content, column } = descend(levels, line);
  const key = KEY.exec(content);
  const path = levels.map((level) => level.key);
  if (key === null) {
    if (/[{[]/.test(content)) return null;
    return { path, role: 'key', from: offset - content.length, column };
  }
  const value = content.slice(key[0].length);
  const word = /[\w.+-]*$/.exec(value)![0];
  if (value === '' || value.includes('{')) return null;
  return { path: [...path, unquoted(key[1]!)], role: 'value', from: offset - word.length, column };
}

/** The field written on the line at `offset`, with where its key stands; null on lines without a key. */
export function fieldOnLine(
  text: string,
  offset: number,
): { readonly path: FieldPath; readonly from: number; readonly to: number } | null {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const line = text.slice(lineStart, end < 0 ? text.length : end);
  const levels = levelsBefore(text.slice(0, lineStart), line);
  if (levels === null) return null;
  const { content, column } = descend(levels, line);
  const key = KEY.exec(content);
  if (key === null) return null;
  const from = lineStart + column;
  return {
    path: [...levels.map((level) => level.key), unquoted(key[1]!)],
    from,
    to: from + key[1]!.length,
  };
}

const indentOf = (line: string) => line.search(/\S|$/);

/** The maps and lists that are open after the last line; null where the `next` line is inside a block text. */
function levelsBefore(text: string, next: string): Level[] | null {
  const levels: Level[] = [];
  let blockText = -1;
  for (const line of text.split('\n')) {
    if (line.trim() === '' || /^\s*#/.test(line)) continue;
    const indent = indentOf(line);
    if (blockText >= 0 && indent > blockText) continue;
    blockText = -1;
    const { content } = descend(levels, line);
    const key = KEY.exec(content);
    if (key === null) continue;
    const keyIndent = line.length - content.length;
    levels.push({ indent: keyIndent, key: unquoted(key[1]!) });
    if (/^\s*[|>][+-]?\s*$/.test(content.slice(key[0].length))) blockText = keyIndent;
  }
  return blockText >= 0 && indentOf(next) > blockText ? null : levels;
}

/** Closes what the line's indentation closes, and opens the list items its dashes open. */
function descend(levels: Level[], line: string): { content: string; column: number } {
  let column = indentOf(line);
  let content = line.slice(column);
  for (let dash = /^-(\s+|$)/.exec(content); dash !== null; dash = /^-(\s+|$)/.exec(content)) {
    const before = close(levels, column, true);
    levels.push({ indent: column, key: before });
    column += dash[0].length;
    content = content.slice(dash[0].length);
  }
  close(levels, column, false);
  return { content, column };
}

/** Pops levels at `column` or deeper; a list's dash may stand under its key. Returns the next item's number. */
function close(levels: Level[], column: number, isDash: boolean): number {
  let next = 0;
  for (let top = levels.at(-1); top !== undefined; top = levels.at(-1)) {
    const isItem = typeof top.key === 'number';
    if (top.indent < column || (top.indent === column && isDash && !isItem)) break;
    next = isItem && top.indent === column && typeof top.key === 'number' ? top.key + 1 : 0;
    levels.pop();
  }
  return next;
}

const unquoted = (key: string) => key.replace(/^["']|["']$/g, '');
