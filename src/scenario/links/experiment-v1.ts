/** An experiment in a link of version 1: `policies=a,b&seeds=1..20`, and `set=` and `sweep=` with one assignment a line. */
import {
  ChoiceError,
  checkedChoice,
  type ExperimentChoice,
  readPolicies,
  readSeeds,
  readSweep,
  writeSeeds,
  writeSweep,
} from '../experiment-choice.ts';
import { LinkError, type Parameters } from './link.ts';

export const EXPERIMENT_NAMES = ['policies', 'seeds', 'set', 'sweep'] as const;

const MOST_SETS = 100;

/** Parameters in the order people read them. */
export function writeExperiment({ policies, seeds, sets, sweeps }: ExperimentChoice): [string, string][] {
  return [
    ['policies', policies.join(',')],
    ['seeds', writeSeeds(seeds)],
    ...(sets.length > 0 ? [['set', sets.join('\n')] as [string, string]] : []),
    ...(sweeps.length > 0 ? [['sweep', sweeps.map(writeSweep).join('\n')] as [string, string]] : []),
  ];
}

/** Inverse of {@link writeExperiment}; undefined where the link has none. @throws LinkError */
export function readExperiment(from: Parameters): ExperimentChoice | undefined {
  const [policies, seeds, set, sweep] = EXPERIMENT_NAMES.map((name) => from.get(name));
  if (policies === undefined && seeds === undefined && set === undefined && sweep === undefined)
    return undefined;
  if (policies === undefined || seeds === undefined) {
    throw new LinkError(
      `an experiment needs policies= and seeds=, met ${policies === undefined ? 'no policies' : 'no seeds'}`,
    );
  }
  const sets = set === undefined ? [] : set.split('\n');
  if (sets.length > MOST_SETS) throw new LinkError(`set: expected at most ${MOST_SETS}, met ${sets.length}`);
  try {
    return checkedChoice({
      policies: readPolicies(policies),
      seeds: readSeeds(seeds),
      sets,
      sweeps: sweep === undefined ? [] : sweep.split('\n').map(readSweep),
    });
  } catch (error) {
    if (error instanceof ChoiceError) throw new LinkError(error.message);
    throw error;
  }
}
