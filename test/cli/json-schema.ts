/** Checks a value against the part of JSON Schema that our published schemas use; any other keyword is an error. */

type Schema = Readonly<Record<string, unknown>>;

const SAID_ONLY = new Set(['$schema', 'title', 'description']);

/** Where and how `value` is not what `schema` says; empty when it is. */
export function violations(schema: Schema, value: unknown, path = '$'): string[] {
  const found: string[] = [];
  for (const [keyword, argument] of Object.entries(schema)) {
    if (SAID_ONLY.has(keyword)) continue;
    const check = KEYWORDS[keyword];
    if (!check) throw new Error(`${path}: unknown keyword ${keyword}`);
    found.push(...check(argument, value, path, schema));
  }
  return found;
}

type Check = (argument: unknown, value: unknown, path: string, schema: Schema) => string[];

const unless = (ok: boolean, path: string, what: string): string[] => (ok ? [] : [`${path}: ${what}`]);
const keysOf = (value: unknown) => (typeof value === 'object' && value !== null ? Object.keys(value) : []);

const KEYWORDS: Readonly<Record<string, Check>> = {
  type: (type, value, path) => unless(isType(type as string, value), path, `expected ${String(type)}`),
  required: (names, value, path) =>
    (names as string[]).flatMap((name) => unless(keysOf(value).includes(name), path, `${name} is missing`)),
  properties: (properties, value, path) =>
    Object.entries(properties as Record<string, Schema>).flatMap(([name, schema]) =>
      keysOf(value).includes(name)
        ? violations(schema, (value as Record<string, unknown>)[name], `${path}.${name}`)
        : [],
    ),
  additionalProperties: (allowed, value, path, schema) => {
    const known = Object.keys((schema['properties'] ?? {}) as object);
    const more = keysOf(value).filter((name) => !known.includes(name));
    if (allowed === false) return more.map((name) => `${path}: unknown ${name}`);
    return more.flatMap((name) =>
      violations(allowed as Schema, (value as Record<string, unknown>)[name], `${path}.${name}`),
    );
  },
  propertyNames: (schema, value, path) =>
    keysOf(value).flatMap((name) => violations(schema as Schema, name, `${path} key ${name}`)),
  items: (schema, value, path) =>
    Array.isArray(value)
      ? value.flatMap((item, i) => violations(schema as Schema, item, `${path}[${i}]`))
      : [],
  anyOf: (schemas, value, path) =>
    unless(
      (schemas as Schema[]).some((s) => violations(s, value).length === 0),
      path,
      'none of anyOf',
    ),
  enum: (words, value, path) => unless((words as unknown[]).includes(value), path, 'not one of enum'),
  const: (word, value, path) => unless(value === word, path, `not ${String(word)}`),
  minimum: (low, value, path) => unless((value as number) >= (low as number), path, `below ${String(low)}`),
  maximum: (high, value, path) =>
    unless((value as number) <= (high as number), path, `above ${String(high)}`),
  pattern: (pattern, value, path) =>
    unless(new RegExp(pattern as string).test(String(value)), path, `expected ${String(pattern)}`),
};

function isType(type: string, value: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}
