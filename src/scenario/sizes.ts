/** Shares become pages and steps: everything that scales with memory goes through here. */
import { MOST_STEPS } from './fields.ts';
import type { Scenario } from './schema.ts';

/** Pages of a size field: below 1 a share of memory, rounded down. */
export function pagesOf(size: number, memory: number): number {
  return size < 1 ? Math.floor(size * memory) : size;
}

/** Steps of a moment field: below 1 a share of the workload's length, rounded down. */
export function stepsOf(moment: number, length: number): number {
  return moment < 1 ? Math.floor(moment * length) : moment;
}

/** Operations `stepsPerPage` asks for, before the limit. */
export function stepsWanted(scenario: Scenario): number {
  return Math.floor((scenario.workload?.stepsPerPage ?? 1) * scenario.machine.pages);
}

/** Operations the workload generates on this machine, at most MOST_STEPS; 0 for a recording, whose length is not known here. */
export function workloadSteps(scenario: Scenario): number {
  const { workload } = scenario;
  if (workload === undefined || workload.recording !== undefined) return 0;
  if (workload.steps !== undefined) return workload.steps;
  return Math.min(MOST_STEPS, stepsWanted(scenario));
}

/** Operations the actors go on for after the written steps. */
export function stepsAfter(scenario: Scenario): number {
  const { workload } = scenario;
  return workload === undefined || workload.recording !== undefined ? 0 : workload.after;
}

/** Step of a written position, given the workload's length and that of the whole. */
export function stepOf(written: number | string, workload: number, length: number): number {
  if (typeof written === 'number') return written;
  if (written === 'end') return length;
  return workload + Number(written.slice('workload+'.length));
}
