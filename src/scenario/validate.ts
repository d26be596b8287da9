/** Checks plain data against the schema and turns every issue into one clear line with the place it is at. */
import * as v from 'valibot';
import { crossCheck } from './cross-check.ts';
import { type FieldProblem, nearest, pathText, show } from './problem.ts';
import { type Scenario, scenarioSchema } from './schema.ts';
import { isList, knownKeys } from './schema-keys.ts';

export type Validated =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** Checks data (what a YAML file holds) field by field, then the rules across fields. */
export function validateScenario(data: unknown): Validated {
  const lists = listsForMaps(data, [], data);
  if (lists.length > 0) return { ok: false, problems: lists };
  const result = v.safeParse(scenarioSchema, data, { abortPipeEarly: true });
  if (!result.success) {
    return { ok: false, problems: result.issues.flatMap((issue) => describe(issue, [], data)) };
  }
  const problems = crossCheck(result.output);
  return problems.length ? { ok: false, problems } : { ok: true, scenario: result.output };
}

function describe(
  issue: v.BaseIssue<unknown>,
  parent: readonly (string | number)[],
  data: unknown,
): FieldProblem[] {
  const path = [...parent, ...(issue.path ?? []).map((item) => item.key as string | number)];
  // The branch of a union that was meant is the one whose issues lie deeper: a wrong type has no path of its own.
  const deeper = issue.type === 'union' ? (issue.issues ?? []).filter((inner) => inner.path) : [];
  if (deeper.length > 0) return deeper.flatMap((inner) => describe(inner, path, data));
  const atKey =
    issue.type === 'strict_object' &&
    (issue.path?.at(-1) as { origin?: string } | undefined)?.origin === 'key';
  if (atKey && issue.expected === 'never') return [unknownKey(path, data)];
  if (atKey) return [missingKey(path)];
  const words = [...(issue.expected ?? '').matchAll(/"([^"]+)"/g)].map((match) => match[1]!);
  const near = typeof issue.input === 'string' ? nearest(issue.input, words) : undefined;
  const where = path.length ? `${pathText(path)}: ` : '';
  const hint = near === undefined ? '' : `, did you mean ${near}?`;
  return [{ path, message: `${where}expected ${issue.message}, met ${show(issue.input)}${hint}` }];
}

/** The problem of a name the schema does not know, with the nearest it does. */
export function unknownKey(path: readonly (string | number)[], data: unknown): FieldProblem {
  const keys = knownKeys(path.slice(0, -1), data);
  const near = nearest(String(path.at(-1)), keys);
  const expected = near === undefined ? `expected one of ${keys.join(', ')}` : `did you mean ${near}?`;
  return { path, atKey: true, message: `${pathText(path)}: unknown key, ${expected}` };
}

function missingKey(path: readonly (string | number)[]): FieldProblem {
  const parent = path.slice(0, -1);
  return { path: parent, message: `${pathText(path)}: missing, expected a value` };
}

/** Lists where a map belongs, which the schema library takes for maps without keys. */
function listsForMaps(value: unknown, path: readonly (string | number)[], data: unknown): FieldProblem[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    if (!isList(path, data) && (path.length === 0 || knownKeys(path, data).length > 0)) {
      const where = path.length ? `${pathText(path)}: ` : '';
      return [{ path, message: `${where}expected a map, met ${show(value)}` }];
    }
    return value.flatMap((item, i) => listsForMaps(item, [...path, i], data));
  }
  return Object.keys(value).flatMap((key) => listsForMaps(Reflect.get(value, key), [...path, key], data));
}
