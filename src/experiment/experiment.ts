/** An experiment as data: a scenario, what is varied, and the runs that follow from both in one fixed order. */
import { fileHash } from '../base/file-hash.ts';
import type { PolicyId } from '../engine/config.ts';
import type { ExperimentChoice } from '../scenario/experiment-choice.ts';
import { writeEdits } from '../scenario/links/edits-v1.ts';
import type { Edit } from '../scenario/links/link.ts';

/** What is run: a scenario's text, with what a person did to it. */
export interface Subject {
  /** The preset whose text it is; null for a scenario of one's own. */
  readonly preset: string | null;
  readonly title: string;
  readonly text: string;
  readonly edits: readonly Edit[];
}

export interface Experiment {
  readonly subject: Subject;
  readonly choice: ExperimentChoice;
}

/** One policy with one value of each swept field: all runs of an arm differ by seed alone. */
export interface Arm {
  readonly policy: PolicyId;
  /** The swept fields' values by path, as written. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** One run. */
export interface Cell {
  /** Place among all cells, from 0. */
  readonly index: number;
  readonly arm: Arm;
  readonly seed: number;
  /** Fields set for it, `path=value`, in order. */
  readonly sets: readonly string[];
}

/** Policies in the order given; under each every combination of swept values, the last field's running fastest. */
export function armsOf({ policies, sweeps }: ExperimentChoice): Arm[] {
  const combinations = sweeps.reduce<Record<string, string>[]>(
    (all, { path, values }) => all.flatMap((one) => values.map((value) => ({ ...one, [path]: value }))),
    [{}],
  );
  return policies.flatMap((policy) => combinations.map((parameters) => ({ policy, parameters })));
}

/** Every run: arm after arm, the seeds of each in the order given. */
export function cellsOf(choice: ExperimentChoice): Cell[] {
  return armsOf(choice).flatMap((arm, a) => {
    const sets = [...choice.sets, ...setsOfArm(arm)];
    return choice.seeds.map((seed, s) => ({ index: a * choice.seeds.length + s, arm, seed, sets }));
  });
}

/** `path=value` of each swept field. */
export function setsOfArm({ parameters }: Arm): string[] {
  return Object.entries(parameters).map(([path, value]) => `${path}=${value}`);
}

/** `order0-slab, policy.maxDefragScan=8`: an arm, for people. */
export function armText(arm: Arm): string {
  return [arm.policy, ...setsOfArm(arm)].join(', ');
}

/** 16 hex digits that tell one scenario and its edits from another. */
export function subjectHash({ text, edits }: Subject): string {
  return fileHash(new TextEncoder().encode(JSON.stringify([text, writeEdits(edits)])));
}
