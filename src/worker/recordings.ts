/** A recording of a real kernel, made ready to run as a workload. */
import { AVAILABLE_POLICIES } from '../engine/policy/table.ts';
import { type OpenProgress, openRecording } from '../import/recording/open-recording.ts';
import { inputError } from './problems.ts';
import type { Source } from './protocol.ts';
import type { Override, Prepared } from './sources.ts';

type RecordingSource = Extract<Source, { readonly kind: 'recording' }>;

/**
 * Reads and converts a recording in steps of some milliseconds; its operations are the same under every policy.
 * @throws InputError with one line when there is nothing in it that can be run
 */
export function* recordingSteps(
  source: RecordingSource,
  override: Override,
): Generator<OpenProgress, Prepared> {
  const { policy, seed, sets = [] } = override;
  if (sets.length > 0) throw inputError(`${source.name}: a recording has no fields to set, met ${sets[0]}`);
  if (policy !== undefined && !AVAILABLE_POLICIES.includes(policy)) {
    throw inputError(`policy ${policy} is not built yet, expected ${AVAILABLE_POLICIES.join(' or ')}`);
  }
  const options = { ...(policy === undefined ? {} : { policy }), ...(seed === undefined ? {} : { seed }) };
  try {
    const scenario = yield* openRecording(new Uint8Array(source.bytes), source.name, options);
    const { title, summary, config, operations, notes, warnings, facts, openAt } = scenario;
    return {
      source,
      title,
      summary,
      presetId: null,
      text: '',
      seed: config.seed,
      override,
      config,
      operations,
      edits: [],
      openAt: { step: openAt, event: 0 },
      expected: null,
      notes,
      warnings,
      recording: facts,
    };
  } catch (error) {
    if (error instanceof RangeError) throw inputError(error.message);
    throw error;
  }
}
