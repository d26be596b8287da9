/** Which names are known at a place of a scenario: for suggestions, and to refuse paths that lead nowhere. */
import * as v from 'valibot';
import { scenarioSchema } from './schema.ts';

/** The parts of a valibot schema that lead to other schemas, and what is said of them. */
export interface Node {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Node>>;
  readonly wrapped?: Node;
  readonly item?: Node;
  readonly items?: readonly Node[];
  readonly options?: readonly (Node | string)[];
  readonly key?: string;
  readonly literal?: unknown;
  readonly default?: unknown;
  readonly pipe?: readonly {
    readonly type: string;
    readonly description?: string;
    readonly requirement?: unknown;
  }[];
}

const ROOT = scenarioSchema as unknown as Node;

/** Maps and lists a value may be by its schema, unions and variants taken apart. */
function shapes(node: Node, value: unknown): Node[] {
  if (node.wrapped) return shapes(node.wrapped, value);
  if (node.type === 'union' || node.type === 'variant') {
    const options = (node.options ?? []).filter((option): option is Node => typeof option !== 'string');
    const fitting = options.filter((option) => fits(option, node.key, value));
    return (fitting.length ? fitting : options).flatMap((option) => shapes(option, value));
  }
  return node.entries || node.item || node.items ? [node] : [];
}

function fits(option: Node, key: string | undefined, value: unknown): boolean {
  if (key === undefined) return true;
  const tag = option.entries?.[key];
  if (tag === undefined || typeof value !== 'object' || value === null) return false;
  return v.is(
    tag as unknown as v.GenericSchema,
    Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined,
  );
}

/** The schemas of what may stand at `path`: maps and lists only. */
export function shapesAt(path: readonly (string | number)[], data: unknown): Node[] {
  let value = data;
  let nodes = shapes(ROOT, value);
  for (const key of path) {
    const next = nodes.flatMap((node): Node[] => {
      if (typeof key === 'number')
        return node.item ? [node.item] : node.items?.[key] ? [node.items[key]] : [];
      return node.entries && Object.hasOwn(node.entries, key) ? [node.entries[key]!] : [];
    });
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? Reflect.get(value, key)
        : undefined;
    nodes = next.flatMap((node) => shapes(node, value));
  }
  return nodes;
}

/** Names a map at `path` may hold; empty where no map belongs. */
export function knownKeys(path: readonly (string | number)[], data: unknown): string[] {
  return [...new Set(shapesAt(path, data).flatMap((node) => Object.keys(node.entries ?? {})))];
}

/** Whether a list belongs at `path`. */
export function isList(path: readonly (string | number)[], data: unknown): boolean {
  return shapesAt(path, data).some((node) => node.item !== undefined || node.items !== undefined);
}
