/** What is worth saying about a checked scenario and is no error. */
import { MOST_STEPS } from './fields.ts';
import { machineWarnings } from './resolve-machine.ts';
import type { Scenario } from './schema.ts';
import { stepsWanted } from './sizes.ts';
import type { Warning } from './warning.ts';

/** All warnings of a scenario. */
export function scenarioWarnings(scenario: Scenario): Warning[] {
  const warnings = machineWarnings(scenario);
  const { workload } = scenario;
  if (workload?.actors.length === 0 && workload.recording === undefined) {
    warnings.push('workload.actors is empty: every generated step is idle');
  }
  if (workload?.actors.length && workload.actors.every((actor) => 'weight' in actor && actor.weight === 0)) {
    warnings.push('every actor has weight 0: every generated step is idle');
  }
  if (workload && workload.recording === undefined && workload.steps === undefined) {
    const wanted = stepsWanted(scenario);
    if (wanted > MOST_STEPS) {
      warnings.push(
        `workload.stepsPerPage asks for ${wanted} operations and gets ${MOST_STEPS}, the most there are`,
      );
    }
  }
  return warnings;
}

/** Fields that do not scale with memory, by path: sizes in pages, and a length in operations. */
export function absoluteFields(scenario: Scenario): string[] {
  const found: string[] = [];
  const { machine, workload } = scenario;
  const zones = machine.zones ?? [];
  for (const [i, zone] of zones.slice(0, -1).entries()) {
    if (zone.pages !== undefined && zone.pages >= 1) found.push(`machine.zones[${i}].pages`);
  }
  for (const [i, zone] of zones.entries()) {
    for (const key of ['min', 'low', 'high'] as const) {
      if (zone[key] !== undefined) found.push(`machine.zones[${i}].${key}`);
    }
  }
  if (machine.minFreeKbytes !== undefined) found.push('machine.minFreeKbytes');
  if (Array.isArray(machine.boot) || (machine.boot ?? 0) >= 1) found.push('machine.boot');
  if (machine.swapPages !== undefined) found.push('machine.swapPages');
  if (workload?.steps !== undefined) found.push('workload.steps');
  for (const [i, actor] of (workload?.actors ?? []).entries()) {
    for (const key of ['size', 'librarySize', 'population', 'pages'] as const) {
      const value: unknown = Reflect.get(actor, key);
      const sizes = Array.isArray(value) ? value : [value];
      if (sizes.some((size) => typeof size === 'number' && size >= 1)) {
        found.push(`workload.actors[${i}].${key}`);
      }
    }
    if (actor.kind === 'kernel' && actor.live >= 1) found.push(`workload.actors[${i}].live`);
  }
  return found;
}
