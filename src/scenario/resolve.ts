/** A checked scenario becomes what the engine runs: a configuration and a list of operations. */
import type { MachineConfig } from '../engine/config.ts';
import type { OpCode } from '../engine/operation.ts';
import {
  createOperationLog,
  encodeOperation,
  type OperationLog,
  pushOperation,
} from '../engine/operation.ts';
import { type Advance, startWorkload } from './generators/generate.ts';
import { machineConfigOf } from './resolve-machine.ts';
import type { Scenario } from './schema.ts';
import { stepOf, stepsAfter, workloadSteps } from './sizes.ts';
import { operationOf } from './step-schema.ts';
import type { Warning } from './warning.ts';
import { scenarioWarnings } from './warnings.ts';

export interface ResolvedNote {
  readonly step: number;
  readonly text: string;
}

export interface ResolvedQuestion extends ResolvedNote {
  readonly choices: readonly string[];
  /** Place of the right choice, or null where the question is open. */
  readonly answer: number | null;
  readonly reason: string;
}

export interface ResolvedScenario {
  readonly title: string;
  readonly summary: string;
  readonly config: MachineConfig;
  readonly operations: OperationLog;
  /** Operations of the workload; the scenario's `steps` follow, then the workload's `after`. */
  readonly workloadLength: number;
  readonly openAt: { readonly step: number; readonly event: number };
  /** By step, then as written. */
  readonly notes: readonly ResolvedNote[];
  readonly questions: readonly ResolvedQuestion[];
  readonly warnings: readonly Warning[];
}

/** What a scenario cannot hold itself. */
export interface Given {
  /** Operations of the recording that `workload.recording` names. */
  readonly operations?: OperationLog;
}

/**
 * Resolves shares against the machine's size, generates the workload and appends the written steps.
 * Same scenario and seed: same bytes, on every host and for every policy.
 * @throws Error with one clear line when a named recording is not given, or a position lies beyond its end
 */
export function resolveScenario(scenario: Scenario, given: Given = {}): ResolvedScenario {
  const work = resolveSteps(scenario, given);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Operations generated between two looks up. */
const SLICE = 4096;

/** How many of a scenario's operations are there. */
export interface ResolveProgress {
  readonly done: number;
  readonly total: number;
}

/** {@link resolveScenario} in slices of a few milliseconds, for a host that has to answer meanwhile. */
export function* resolveSteps(
  scenario: Scenario,
  given: Given = {},
): Generator<ResolveProgress, ResolvedScenario> {
  const config = machineConfigOf(scenario);
  const operations = createOperationLog(workloadSteps(scenario) + scenario.steps.length + 16);
  const advance = openWorkload(scenario, config, given);
  const total = workloadSteps(scenario);
  advance(operations, Math.min(SLICE, total));
  for (let done = SLICE; done < total; done += SLICE) {
    yield { done, total };
    advance(operations, Math.min(SLICE, total - done));
  }
  const workloadLength = operations.length;
  const meanDt = scenario.workload?.meanDt ?? 1000;
  for (const step of scenario.steps) encodeOperation(operations, operationOf(step, meanDt));
  if (stepsAfter(scenario) > 0) advance(operations, stepsAfter(scenario));
  const stepAt = (written: number | string, what: string): number => {
    const step = stepOf(written, workloadLength, operations.length);
    if (step <= operations.length) return step;
    throw new Error(`${what}: expected a step from 0 to ${operations.length}, met ${step}`);
  };
  const { openAt = 0, notes, questions } = scenario;
  const opens = typeof openAt === 'object' ? openAt : { step: openAt, event: 0 };
  return {
    title: scenario.title,
    summary: scenario.summary ?? '',
    config,
    operations,
    workloadLength,
    openAt: { step: stepAt(opens.step, 'openAt'), event: opens.event },
    notes: notes
      .map((note, i) => ({ step: stepAt(note.step, `notes[${i}].step`), text: note.text }))
      .sort((a, b) => a.step - b.step),
    questions: questions
      .map((question, i) => ({
        step: stepAt(question.step, `questions[${i}].step`),
        text: question.text,
        choices: question.choices ?? [],
        answer: question.answer ?? null,
        reason: question.reason ?? '',
      }))
      .sort((a, b) => a.step - b.step),
    warnings: scenarioWarnings(scenario),
  };
}

function openWorkload(scenario: Scenario, config: MachineConfig, given: Given): Advance {
  const { workload } = scenario;
  if (workload === undefined) return () => {};
  if (workload.recording === undefined) {
    return startWorkload({
      actors: workload.actors,
      steps: workloadSteps(scenario),
      after: workload.after,
      meanDt: workload.meanDt,
      seed: scenario.seed,
      pages: config.pages,
      cpus: config.cpus,
      maxOrder: config.maxOrder,
      objectCaches: config.objectCaches,
    });
  }
  const recorded = given.operations;
  if (recorded === undefined) {
    throw new Error(`workload.recording: expected the operations of ${workload.recording}, met none`);
  }
  return (operations) => appendRows(operations, recorded);
}

function appendRows(to: OperationLog, from: OperationLog): void {
  for (let i = 0; i < from.length; i++) {
    pushOperation(
      to,
      from.kind[i] as OpCode,
      from.owner[i],
      from.index[i],
      from.arg[i],
      from.gfp[i],
      from.dt[i],
      from.cpu[i],
    );
  }
}
