/** Arguments of `order0 compare` as an experiment: options first, else what a link or a shipped experiment says. */
import { availableParallelism } from 'node:os';
import type { Experiment } from '../../experiment/experiment.ts';
import type { Shard } from '../../experiment/shards.ts';
import { findShipped, SHIPPED } from '../../experiment/shipped.ts';
import {
  ChoiceError,
  checkedChoice,
  type ExperimentChoice,
  readPolicies,
  readSeeds,
  readSweep,
} from '../../scenario/experiment-choice.ts';
import { openSubject } from '../../worker/experiment-run.ts';
import { inputError } from '../../worker/problems.ts';
import { UsageError } from '../io.ts';
import { required, wholeNumber } from '../options.ts';
import { readPresetFiles } from '../preset-files.ts';
import { sourceOf } from '../scenario-input.ts';

export const COMPARE_OPTIONS = {
  policies: { type: 'string' },
  seeds: { type: 'string' },
  set: { type: 'string', multiple: true },
  sweep: { type: 'string', multiple: true },
  jobs: { type: 'string' },
  shard: { type: 'string' },
  all: { type: 'boolean' },
  progress: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

interface ChoiceValues {
  readonly policies?: string | undefined;
  readonly seeds?: string | undefined;
  readonly set?: string[] | undefined;
  readonly sweep?: string[] | undefined;
}

const SHIPPED_PREFIX = 'experiment:';

/** @throws InputError for a bad scenario, UsageError for a bad option */
export function readExperiment(argument: string | undefined, values: ChoiceValues): Experiment {
  const written = required(argument, 'SCENARIO');
  return asUsage(() => {
    if (!written.startsWith(SHIPPED_PREFIX)) return ownExperiment(written, values);
    const id = written.slice(SHIPPED_PREFIX.length);
    const shipped = findShipped(id);
    if (shipped === undefined) {
      throw inputError(
        `no experiment is called "${id}", expected one of ${SHIPPED.map((one) => one.id).join(', ')}`,
      );
    }
    const { subject } = openSubject({ kind: 'preset', id: shipped.preset }, readPresetFiles());
    return { subject, choice: chosen(shipped.choice, values) };
  });
}

/** A scenario's own policy and seed are what is not chosen; a link of an experiment says the rest. */
function ownExperiment(written: string, values: ChoiceValues): Experiment {
  const { subject, scenario, link } = openSubject(sourceOf(written), readPresetFiles());
  const told = link?.experiment;
  const base: ExperimentChoice = told ?? {
    policies: [link?.policy ?? scenario.policy.name],
    seeds: [link?.seed ?? scenario.seed],
    sets: [],
    sweeps: [],
  };
  return { subject, choice: chosen(base, values) };
}

function chosen(base: ExperimentChoice, { policies, seeds, set, sweep }: ChoiceValues): ExperimentChoice {
  return checkedChoice({
    policies: policies === undefined ? base.policies : readPolicies(policies),
    seeds: seeds === undefined ? base.seeds : readSeeds(seeds),
    sets: [...base.sets, ...(set ?? [])],
    sweeps: sweep === undefined ? base.sweeps : sweep.map(readSweep),
  });
}

/** `I/N`, both from 1. */
export function readShardOption(text: string): Shard {
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (shard.index >= 1 && shard.index <= shard.of) return shard;
  throw new UsageError(`--shard: expected I/N with I from 1 to N, met "${text}"`);
}

/** Threads to run at once: as many as there are processors, or cells. */
export function jobsFor(written: string | undefined, cells: number): number {
  const jobs = written === undefined ? availableParallelism() : wholeNumber(written, '--jobs', 1, 1024);
  return Math.max(1, Math.min(jobs, cells));
}

function asUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ChoiceError) throw new UsageError(error.message);
    throw error;
  }
}
