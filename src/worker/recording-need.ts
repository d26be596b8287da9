/** A scenario or link of a recording: what it names, and what is said while the recording's file is not there. */
import type { OpenOptions, RecordingScenario } from '../import/recording/open-recording.ts';
import { MOST_PAGES } from '../scenario/fields.ts';
import { machineConfigOf } from '../scenario/resolve-machine.ts';
import type { Scenario } from '../scenario/schema.ts';
import { InputError } from './problems.ts';
import type { RecordingNeed } from './protocol.ts';

/** What a recording gives to the scenario that names it. */
export type RecordedWorkload = Pick<
  RecordingScenario,
  'summary' | 'config' | 'operations' | 'openAt' | 'notes' | 'warnings'
> & { readonly facts: RecordedFacts };

type RecordedFacts = RecordingScenario['facts'] & { readonly hash: string };

/** Thrown where a scenario names a recording whose file is not at hand. */
export class RecordingNeeded extends InputError {
  readonly need: RecordingNeed;
  /** How the recording is to be read for this scenario. */
  readonly options: OpenOptions;

  constructor(need: RecordingNeed, scenario: Scenario) {
    super([
      { message: `the recording ${need.recording} is needed: expected its file, met none`, needs: need },
    ]);
    this.need = need;
    this.options = optionsOf(scenario);
  }
}

/** The recording a scenario names; null where it names none. */
export function needOf({ workload }: Scenario): RecordingNeed | null {
  if (workload?.recording === undefined) return null;
  return { recording: workload.recording, hash: workload.hash ?? null };
}

/** The refusal of a file that is not the one a link was made of. */
export function otherFile(need: RecordingNeed, file: string, hash: string): InputError {
  return new InputError([
    {
      message: `${file}: expected the file of ${need.recording} with hash ${need.hash}, met one with hash ${hash}`,
      needs: need,
    },
  ]);
}

/** Policy and seed are the scenario's, the machine is the recording's. */
function optionsOf(scenario: Scenario): OpenOptions {
  const { name, ...policyParameters } = machineConfigOf(scenario).policy;
  return { policy: name, policyParameters, seed: scenario.seed };
}

/** Says so where a scenario asks for another machine than the recording's. */
export function machineWarnings({ machine }: Scenario, { config }: RecordedWorkload): string[] {
  if (machine.pages === config.pages) return [];
  return [`machine.pages: the recording's ${config.pages} are used, not ${machine.pages}`];
}

/** An opened recording as a scenario text that names it, so that it can be shared and edited like any other. */
export function textOfRecording({
  title,
  config,
  facts,
}: Pick<RecordingScenario, 'title' | 'config'> & { facts: RecordedFacts }): string {
  return [
    'order0: 1',
    `title: ${JSON.stringify(title.slice(0, 120))}`,
    'machine:',
    `  pages: ${Math.min(config.pages, MOST_PAGES)}`,
    'policy:',
    `  name: ${config.policy.name}`,
    `seed: ${config.seed}`,
    'workload:',
    `  recording: ${JSON.stringify(facts.name.slice(0, 200))}`,
    `  hash: "${facts.hash}"`,
    '',
  ].join('\n');
}
