/**
 * Changes one field in a scenario's text and leaves every other character as it was, comments too. Where the text's
 * form does not allow it (a flow map over lines, an alias) the YAML document is changed and printed anew. What comes
 * out always reads as the old data with that one field changed.
 */
import { type Document, isCollection, isMap, isNode, isScalar, isSeq, parseDocument, stringify } from 'yaml';
import { knownKeys } from './schema-keys.ts';

export type FieldPath = readonly (string | number)[];
type Data = Record<string | number, unknown>;

/**
 * Sets the field at `path`; maps on the way that are missing are made. An index one beyond a list's end adds an item.
 * @returns the new text, or null where the text is no YAML or no map leads to the path
 */
export function setField(text: string, path: FieldPath, value: unknown): string | null {
  return edit(text, path, value, (document) => surgicalSet(text, document, path, value));
}

/** Takes the field or list item at `path` out. Null as with {@link setField}; the same text where it is absent. */
export function removeField(text: string, path: FieldPath): string | null {
  return edit(text, path, undefined, (document) => surgicalRemove(text, document, path));
}

function edit(
  text: string,
  path: FieldPath,
  value: unknown,
  surgical: (document: Document.Parsed) => string | null,
): string | null {
  const document = parseDocument(text, { stringKeys: true });
  const wanted = dataOf(document);
  if (wanted === null || path.length === 0 || !change(wanted, path, value)) return null;
  const cut = surgical(document);
  if (holds(cut, wanted)) return cut;
  try {
    if (value === undefined) document.deleteIn([...path]);
    else document.setIn([...path], document.createNode(value));
  } catch {
    return null; // The path leads through an alias: changing it would change another place too.
  }
  const printed = document.toString({ lineWidth: 0 });
  return holds(printed, wanted) ? printed : null;
}

/** A document's data, or null where it has errors or is no map. */
function dataOf(document: Document.Parsed): Data | null {
  if (document.errors.length > 0) return null;
  try {
    const data: unknown = document.toJS({ maxAliasCount: 100 });
    if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
    // A copy without the anchors' shared objects: a change must stay in its place.
    return JSON.parse(JSON.stringify(data)) as Data;
  } catch {
    return null;
  }
}

/** Whether a text reads as the wanted data; inserted keys may stand elsewhere in their map. */
function holds(candidate: string | null, wanted: Data): candidate is string {
  if (candidate === null) return false;
  const data = dataOf(parseDocument(candidate, { stringKeys: true }));
  return data !== null && JSON.stringify(sorted(data)) === JSON.stringify(sorted(wanted));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([key, inner]) => [key, sorted(inner)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Changes plain data in place. False where something on the way is no collection. */
function change(data: Data, path: FieldPath, value: unknown): boolean {
  let at: unknown = data;
  for (const key of path.slice(0, -1)) {
    const inner: unknown = Reflect.get(at as object, key);
    if (inner === undefined || inner === null) {
      if (value === undefined) return true;
      Reflect.set(at as object, key, {});
    } else if (typeof inner !== 'object') return false;
    at = Reflect.get(at as object, key);
  }
  const last = path.at(-1)!;
  if (Array.isArray(at)) {
    if (typeof last !== 'number' || last > at.length) return false;
    if (value === undefined) at.splice(last, 1);
    else at[last] = value;
  } else if (value === undefined) Reflect.deleteProperty(at as object, last);
  else Reflect.set(at as object, last, value);
  return true;
}

function surgicalSet(
  text: string,
  document: Document.Parsed,
  path: FieldPath,
  value: unknown,
): string | null {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const key = path.at(-1)!;
  if (!isCollection(parent)) {
    // A missing or empty map on the way: set the whole of it.
    return path.length > 1 ? surgicalSet(text, document, path.slice(0, -1), { [key]: value }) : null;
  }
  const node: unknown = parent.get(key, true);
  if (isNode(node) && node.range) {
    const [start, end] = node.range;
    if (!isScalar(node) && !(isCollection(node) && node.flow)) return null;
    const space = start === end && text[start - 1] === ':' ? ' ' : '';
    return text.slice(0, start) + space + inline(value) + text.slice(end);
  }
  if (isSeq(parent)) return append(text, parent.items.at(-1), value);
  if (!isMap(parent)) return null;
  return insert(text, parent, String(key), value, path.slice(0, -1), document);
}

/** A value on the line of its key. */
function inline(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trimEnd();
}

type Pairs = readonly { readonly key: unknown; readonly value: unknown }[];

/** Puts `key: value` behind the last field that stands before it in the schema. */
function insert(
  text: string,
  map: { readonly items: unknown; readonly flow?: boolean | undefined },
  key: string,
  value: unknown,
  path: FieldPath,
  document: Document.Parsed,
): string | null {
  const pairs = map.items as Pairs;
  if (pairs.length === 0 || map.flow) return null;
  const order = knownKeys(path, document.toJS());
  const place = order.indexOf(key);
  const before = pairs.filter((pair) => isScalar(pair.key) && order.indexOf(String(pair.key.value)) < place);
  const neighbour = (place < 0 ? undefined : before.at(-1)) ?? pairs.at(-1)!;
  const column = columnOf(text, rangeOf(pairs[0]!.key)?.[0] ?? 0);
  const end = endOfLine(text, endOf(text, neighbour));
  return `${text.slice(0, end)}\n${indented(block({ [key]: value }), column)}${text.slice(end)}`;
}

/** Adds an item behind the last one of a list in block style. */
function append(text: string, last: unknown, value: unknown): string | null {
  const range = rangeOf(last);
  if (range === null) return null;
  const dash = text.lastIndexOf('-', range[0]);
  const lineStart = text.lastIndexOf('\n', range[0]) + 1;
  if (dash < lineStart || text.slice(lineStart, dash).trim() !== '') return null;
  const end = endOfLine(text, trimmedEnd(text, range[1]));
  return `${text.slice(0, end)}\n${indented(block([value]), dash - lineStart)}${text.slice(end)}`;
}

function block(value: unknown): string {
  // Lists of numbers stay on their line, as people write [0.02, 0.06].
  const document = parseDocument(stringify(value, { lineWidth: 0 }));
  const flatten = (node: unknown): void => {
    if (!isCollection(node)) return;
    if (isSeq(node) && node.items.every((item) => isScalar(item) && typeof item.value === 'number')) {
      node.flow = true;
    }
    for (const item of node.items) flatten(isNode(item) ? item : (item as { value: unknown }).value);
  };
  flatten(document.contents);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }).trimEnd();
}

const indented = (lines: string, column: number) =>
  lines
    .split('\n')
    .map((line) => ' '.repeat(column) + line)
    .join('\n');

function surgicalRemove(text: string, document: Document.Parsed, path: FieldPath): string | null {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isCollection(parent)) return text;
  const key = path.at(-1)!;
  if (parent.flow || !parent.has(key)) return parent.has(key) ? null : text;
  const item = isMap(parent)
    ? (parent.items as Pairs).find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key))
    : { key: parent.get(key, true), value: parent.get(key, true) };
  // An empty map or list would read as nothing.
  if (item === undefined || parent.items.length === 1) return null;
  const start = text.lastIndexOf('\n', (rangeOf(item.key)?.[0] ?? 0) - 1) + 1;
  const end = endOfLine(text, endOf(text, item));
  return text.slice(0, start) + text.slice(Math.min(text.length, end + 1));
}

function rangeOf(node: unknown): readonly [number, number, number] | null {
  return isNode(node) && node.range ? node.range : null;
}

function endOf(text: string, { key, value }: { readonly key: unknown; readonly value: unknown }): number {
  return trimmedEnd(text, (rangeOf(value) ?? rangeOf(key))?.[1] ?? 0);
}

/** A block's range may take the line breaks after it along. */
function trimmedEnd(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1]!)) at--;
  return at;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

const columnOf = (text: string, at: number) => at - (text.lastIndexOf('\n', at - 1) + 1);
