/** Overrides one field of a scenario by its path, as `--set machine.pages=4194304` does. */
import { type ParsedScenario, readData } from './parse.ts';
import { type FieldProblem, pathText, show } from './problem.ts';
import type { Scenario } from './schema.ts';
import { isList, knownKeys } from './schema-keys.ts';
import { longForm } from './short-forms.ts';
import { unknownKey, validateScenario } from './validate.ts';
import { absoluteFields, scenarioWarnings } from './warnings.ts';
import { readYaml } from './yaml.ts';

/**
 * A scenario with fields overridden, checked as if they had been written in the file.
 * @param source a scenario's text, or one that was parsed
 * @param assignments `path=value` each, applied in order; the value is YAML (`0.5`, `on`, `[1, 2]`)
 */
export function applySets(source: string | Scenario, assignments: readonly string[]): ParsedScenario {
  const read = typeof source === 'string' ? readData(source) : undefined;
  if (read?.ok === false) return read;
  const data: unknown = read?.ok ? read.data : structuredClone(source);
  for (const assignment of assignments) {
    const problem = assign(data, assignment);
    if (problem !== undefined) return { ok: false, problems: [{ message: `set ${problem}` }] };
  }
  const checked = validateScenario(data);
  if (!checked.ok) return { ok: false, problems: checked.problems.map(({ message }) => ({ message })) };
  const warnings = scenarioWarnings(checked.scenario);
  if (assignments.some((text) => text.trimStart().startsWith('machine.pages='))) {
    for (const path of absoluteFields(checked.scenario)) {
      warnings.push(`${path} is absolute and does not follow machine.pages`);
    }
  }
  return { ok: true, scenario: checked.scenario, warnings };
}

/** One assignment: see {@link applySets}. */
export function applySet(source: string | Scenario, assignment: string): ParsedScenario {
  return applySets(source, [assignment]);
}

/** Puts the value into `data`; the problem as text when it cannot. */
function assign(data: unknown, assignment: string): string | undefined {
  const equals = assignment.indexOf('=');
  const written = equals < 0 ? '' : assignment.slice(0, equals).trim();
  const path = readPath(written);
  if (path === undefined) return `${show(assignment)}: expected PATH=VALUE, such as machine.pages=2048`;
  const value = readYaml(assignment.slice(equals + 1));
  if (!value.ok) return `${written}: expected a value, met ${show(assignment.slice(equals + 1))}`;
  let holder = data;
  for (const [depth, key] of path.entries()) {
    const here = path.slice(0, depth + 1);
    const problem = refuse(here, holder, data);
    if (problem !== undefined) return problem.message;
    const map = holder as Record<string | number, unknown>;
    if (depth === path.length - 1) map[key] = value.data;
    else if (!Object.hasOwn(map, key)) {
      map[key] = isList(here, data) ? [] : {};
    } else {
      const inner = longForm(here, map[key]);
      if (typeof inner !== 'object' || inner === null) {
        return `${pathText(here)}: expected a map or list, met ${show(inner)}`;
      }
      map[key] = inner;
    }
    holder = map[key];
  }
  return undefined;
}

/** Why the last part of `path` leads nowhere in `holder`. */
function refuse(
  path: readonly (string | number)[],
  holder: unknown,
  data: unknown,
): FieldProblem | undefined {
  const key = path.at(-1)!;
  if (Array.isArray(holder)) {
    if (typeof key === 'number' && key <= holder.length) return undefined;
    const { length } = holder;
    const place =
      length === 0 ? 'place 0 of a list that is empty' : `a place from 0 to ${length}, which adds one`;
    return { path, message: `${pathText(path)}: expected ${place}, met ${key}` };
  }
  return knownKeys(path.slice(0, -1), data).includes(String(key)) ? undefined : unknownKey(path, data);
}

/** `workload.actors[0].size` or `workload.actors.0.size` as keys; undefined when it is no path. */
function readPath(written: string): (string | number)[] | undefined {
  if (!/^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+|\[\d{1,6}\])*$/.test(written)) return undefined;
  return written
    .replaceAll('[', '.')
    .replaceAll(']', '')
    .split('.')
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}
