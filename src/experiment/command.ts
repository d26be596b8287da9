/** The call of the command line that gives an experiment's document again. */
import { writeSeeds, writeSweep } from '../scenario/experiment-choice.ts';
import type { Experiment } from './experiment.ts';

/**
 * A preset is named with what is varied, in words; a scenario of one's own, or one that was edited, goes by its link.
 * @param link of the whole experiment
 */
export function commandOf({ subject, choice }: Experiment, link: string): string {
  const start = 'npm run --silent order0 -- compare';
  if (subject.preset === null || subject.edits.length > 0) return `${start} ${quoted(link)} --json`;
  const { policies, seeds, sets, sweeps } = choice;
  return [
    start,
    `preset:${subject.preset}`,
    `--policies ${policies.join(',')}`,
    `--seeds ${writeSeeds(seeds)}`,
    ...sets.map((set) => `--set ${quoted(set)}`),
    ...sweeps.map((sweep) => `--sweep ${quoted(writeSweep(sweep))}`),
    '--json',
  ].join(' ');
}

/** For a POSIX shell; plain words stay as they are. */
function quoted(text: string): string {
  return /^[\w.,:=/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
