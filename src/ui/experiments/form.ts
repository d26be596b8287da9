/** The form's fields as texts, and as the choice they say. */
import type { PolicyId } from '../../engine/config.ts';
import {
  ChoiceError,
  checkedChoice,
  type ExperimentChoice,
  readSeeds,
  readSweep,
  writeSeeds,
  writeSweep,
} from '../../scenario/experiment-choice.ts';

export interface Fields {
  readonly policies: readonly PolicyId[];
  readonly seeds: string;
  /** One a line. */
  readonly sweeps: string;
  readonly sets: string;
}

export const fieldsOf = ({ policies, seeds, sweeps, sets }: ExperimentChoice): Fields => ({
  policies,
  seeds: writeSeeds(seeds),
  sweeps: sweeps.map(writeSweep).join('\n'),
  sets: sets.join('\n'),
});

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** The choice, or what is wrong with the fields. */
export function choiceOf({ policies, seeds, sweeps, sets }: Fields): ExperimentChoice | string {
  try {
    if (policies.length === 0) throw new ChoiceError('choose at least one policy');
    const choice = {
      policies,
      seeds: readSeeds(seeds),
      sets: lines(sets),
      sweeps: lines(sweeps).map(readSweep),
    };
    return checkedChoice(choice);
  } catch (error) {
    if (error instanceof ChoiceError) return error.message;
    throw error;
  }
}

/** Runs a choice makes. */
export const runsOf = ({ policies, seeds, sweeps }: ExperimentChoice) =>
  sweeps.reduce((product, { values }) => product * values.length, policies.length * seeds.length);
