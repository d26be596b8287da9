import { describe, expect, it } from 'vitest';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.ts';

type Json = { readonly [key: string]: unknown };
const isMap = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Every property of a schema, with its path. */
function properties(node: unknown, path: string): [string, Json][] {
  if (!isMap(node)) return [];
  const own = isMap(node['properties']) ? node['properties'] : {};
  const here = Object.entries(own).map(([name, value]): [string, Json] => [`${path}.${name}`, value as Json]);
  return [
    ...here,
    ...Object.entries(node).flatMap(([key, value]) =>
      Array.isArray(value)
        ? value.flatMap((item, i) => properties(item, `${path}/${key}${i}`))
        : properties(value, key === 'properties' ? path : `${path}/${key}`),
    ),
  ];
}

const all = properties(scenarioJsonSchema(), '');

describe('the published schema', () => {
  it('knows the documented fields', () => {
    const names = all.map(([path]) => path.split('.').at(-1));
    for (const name of [
      'pages',
      'slabOrder',
      'cpus',
      'name',
      'maxDefragScan',
      'seed',
      'openAt',
      'questions',
    ]) {
      expect(names).toContain(name);
    }
  });

  it('describes every property but the tag of a variant', () => {
    const bare = all.filter(([, schema]) => schema['const'] === undefined && !schema['description']);
    expect(all.length).toBeGreaterThan(100);
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  it('admits no other property', () => {
    expect(scenarioJsonSchema()['additionalProperties']).toBe(false);
  });
});
