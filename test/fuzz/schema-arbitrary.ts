/** Anything that a valibot schema accepts, drawn from the schema itself: a field added to it is drawn from then on. */
import fc from 'fast-check';
import * as v from 'valibot';
import type { Node } from '../../src/scenario/schema-keys.ts';

/** Bounds lower than the schema's own, or another arbitrary altogether, by a field's path such as `steps[].page`. */
export type Bounds = Readonly<Record<string, number | fc.Arbitrary<unknown>>>;

/** Longest text, and most entries of a list, where {@link Bounds} says nothing. */
const LONGEST = 6;

/** An arbitrary of what `node` accepts. @param path where it lies in the whole */
export function accepted(node: Node, bounds: Bounds, path = ''): fc.Arbitrary<unknown> {
  const bound = bounds[path];
  if (typeof bound === 'object') return bound;
  switch (node.type) {
    case 'number':
      return numbers(node, bound);
    case 'string':
      return fc.stringMatching(/^[a-z]{1,6}$/);
    case 'boolean':
      return fc.boolean();
    case 'picklist':
      return fc.constantFrom(...(node.options as readonly string[]));
    case 'literal':
      return fc.constant(node.literal);
    case 'optional':
    case 'exact_optional':
      return accepted(node.wrapped!, bounds, path);
    case 'array': {
      const { low, high } = requirements(node, 'length', LONGEST);
      const item = accepted(node.item!, bounds, `${path}[]`);
      return fc.array(item, { minLength: low, maxLength: Math.min(high, bound ?? LONGEST), size: 'max' });
    }
    case 'strict_tuple':
      return fc.tuple(...node.items!.map((item) => accepted(item, bounds, `${path}[]`)));
    case 'strict_object':
      return maps(node, bounds, path);
    case 'union':
    case 'variant':
      return fc.oneof(...node.options!.map((option) => accepted(option as Node, bounds, path)));
    default:
      throw new Error(`${path}: no arbitrary for a schema of type ${node.type}`);
  }
}

/** Maps with every field that must be there, and each of the others in half of them. */
function maps(node: Node, bounds: Bounds, path: string): fc.Arbitrary<unknown> {
  const entries = Object.entries(node.entries!);
  const fields = Object.fromEntries(
    entries.map(([key, field]) => [key, accepted(field, bounds, path === '' ? key : `${path}.${key}`)]),
  );
  const required = entries.filter(([, { type }]) => type !== 'optional' && type !== 'exact_optional');
  return fc.record(fields, { requiredKeys: required.map(([key]) => key) });
}

/** Lowest and highest of a kind of requirement (`value` or `length`) in a schema's pipe. */
function requirements(node: Node, kind: 'value' | 'length', most: number): { low: number; high: number } {
  const of = (type: string, otherwise: number) =>
    Number(node.pipe?.find((part) => part.type === `${type}_${kind}`)?.requirement ?? otherwise);
  return { low: of('min', 0), high: of('max', most) };
}

/** Numbers of a range: its ends, and of every size between, small ones as often as large ones. */
function numbers(node: Node, bound: number | undefined): fc.Arbitrary<number> {
  const { low, high } = requirements(node, 'value', 1);
  const top = Math.max(low, Math.min(high, bound ?? high));
  const bits = Math.ceil(Math.log2(top - low + 1));
  const whole = fc
    .tuple(fc.integer({ min: 0, max: bits }), fc.maxSafeNat())
    .map(([size, n]) => Math.min(top, low + (n % 2 ** size)));
  const integers = fc.oneof({ weight: 8, arbitrary: whole }, fc.constantFrom(low, top));
  const parts = node.pipe?.map(({ type }) => type) ?? [];
  if (parts.includes('integer') && !parts.includes('check')) return integers;
  const shares = fc.double({ min: low, max: Math.min(1, top), noNaN: true });
  const schema = node as unknown as v.GenericSchema;
  return fc.oneof(integers, shares).filter((n) => v.is(schema, n));
}
