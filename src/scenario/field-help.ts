/** What the schema says of each field at a place of a scenario: for completion, hover help and labelled controls. */
import { type Node, shapesAt } from './schema-keys.ts';

export type FieldKind = 'integer' | 'number' | 'flag' | 'choice' | 'text' | 'map' | 'list' | 'other';

export interface FieldHelp {
  readonly name: string;
  readonly kind: FieldKind;
  /** One or two sentences with units; names the default where there is one. */
  readonly description: string;
  readonly required: boolean;
  /** What holds where the field is absent; undefined where that depends on other fields. */
  readonly fallback: unknown;
  /** Values to choose from, for a choice. */
  readonly words: readonly string[];
  readonly low: number | null;
  readonly high: number | null;
  /** Also takes [smallest, largest]. */
  readonly isRange: boolean;
}

type Path = readonly (string | number)[];

/**
 * Fields a map at `path` may have, in the schema's order; empty where no map belongs.
 * @param data the scenario as plain data, as far as it can be read: it decides between variants
 */
export function fieldsAt(path: Path, data: unknown): FieldHelp[] {
  const byName = new Map<string, Node[]>();
  for (const shape of shapesAt(path, data)) {
    for (const [name, node] of Object.entries(shape.entries ?? {})) {
      byName.set(name, [...(byName.get(name) ?? []), node]);
    }
  }
  return [...byName].map(([name, nodes]) => helpOf(name, nodes));
}

/** The field at `path`, or null where the schema has none. */
export function fieldAt(path: Path, data: unknown): FieldHelp | null {
  const name = path.at(-1);
  return fieldsAt(path.slice(0, -1), data).find((field) => field.name === name) ?? null;
}

/** A variant has the same name in several maps: their words are put together, the rest is the first one's. */
function helpOf(name: string, nodes: readonly Node[]): FieldHelp {
  const node = nodes[0]!;
  const leaves = nodes.flatMap(leavesOf);
  const words = [...new Set(leaves.flatMap(wordsOf))];
  const bounds = (type: string) => leaves.flatMap((leaf) => requirement(leaf, type));
  const lows = bounds('min_value');
  const highs = bounds('max_value');
  return {
    name,
    kind: kindOf(leaves, words),
    description: descriptionOf(node),
    required: !node.type.includes('optional'),
    fallback: node.default,
    words,
    low: lows.length > 0 ? Math.min(...lows) : null,
    high: highs.length > 0 ? Math.max(...highs) : null,
    isRange: leaves.some((leaf) => leaf.type === 'strict_tuple'),
  };
}

/** The schemas a value is one of: wrappers and unions taken apart. */
function leavesOf(node: Node): Node[] {
  if (node.wrapped) return leavesOf(node.wrapped);
  if (node.type !== 'union') return [node];
  return (node.options ?? [])
    .filter((option): option is Node => typeof option !== 'string')
    .flatMap(leavesOf);
}

function wordsOf(node: Node): string[] {
  if (node.type === 'literal') return [String(node.literal)];
  return (node.options ?? []).filter((option): option is string => typeof option === 'string');
}

function requirement(node: Node, type: string): number[] {
  const found = node.pipe?.find((action) => action.type === type)?.requirement;
  return typeof found === 'number' ? [found] : [];
}

function kindOf(leaves: readonly Node[], words: readonly string[]): FieldKind {
  const has = (type: string) => leaves.some((leaf) => leaf.type === type);
  if (has('picklist') || (has('literal') && words.length > 0)) return 'choice';
  if (has('boolean')) return 'flag';
  if (has('number')) {
    return leaves.some((leaf) => leaf.pipe?.some((action) => action.type === 'integer'))
      ? 'integer'
      : 'number';
  }
  if (has('string')) return 'text';
  if (has('array')) return 'list';
  return has('strict_object') || has('variant') ? 'map' : 'other';
}

function descriptionOf(node: Node): string {
  const own = node.pipe?.find((action) => action.type === 'description')?.description;
  if (own !== undefined && own !== '') return own;
  return node.wrapped ? descriptionOf(node.wrapped) : '';
}
