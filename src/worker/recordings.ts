/** Recordings of real kernels, made ready to run as workloads: opened as files, or named by a scenario or a link. */
import { fileHashSteps } from '../base/file-hash.ts';
import { AVAILABLE_POLICIES } from '../engine/policy/table.ts';
import { HEAD_BYTES, recognise } from '../import/recognise.ts';
import { type OpenOptions, type OpenProgress, openRecording } from '../import/recording/open-recording.ts';
import { recordingHash } from '../scenario/shipped-recordings.ts';
import { inputError } from './problems.ts';
import type { RecordingFile, RecordingNeed, Source } from './protocol.ts';
import { otherFile, type RecordedWorkload, textOfRecording } from './recording-need.ts';
import type { Override, Prepared } from './sources.ts';

type RecordingSource = Extract<Source, { readonly kind: 'recording' }>;

/** Larger files are refused: the page holds the file and what it unfolds to. */
export const MOST_FILE_BYTES = 268_435_456;

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
  const hash = yield* hashSteps(source);
  const recorded = yield* readSteps(source, source.name, hash, options);
  const { title, summary, config, operations, notes, warnings, facts, openAt } = recorded;
  return {
    source,
    title,
    summary,
    presetId: null,
    text: textOfRecording(recorded),
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
}

/**
 * Reads the file of a recording that a scenario names.
 * @throws InputError for another file than the named one, or one that cannot be run
 */
export function* neededSteps(
  need: RecordingNeed,
  file: RecordingFile,
  options: OpenOptions,
): Generator<OpenProgress, RecordedWorkload> {
  const hash = yield* hashSteps(file);
  if (need.hash !== null && need.hash !== hash) throw otherFile(need, file.name, hash);
  return yield* readSteps(file, need.recording, hash, options);
}

type Recorded = RecordedWorkload & { readonly title: string };

function* readSteps(
  file: RecordingFile,
  name: string,
  hash: string,
  options: OpenOptions,
): Generator<OpenProgress, Recorded> {
  const bytes = new Uint8Array(file.bytes);
  checkHead(bytes, file.name);
  try {
    const scenario = yield* openRecording(bytes, name, options);
    return { ...scenario, facts: { ...scenario.facts, hash } };
  } catch (error) {
    if (error instanceof RangeError) throw inputError(error.message);
    throw error;
  }
}

function* hashSteps({ bytes }: RecordingFile): Generator<OpenProgress, string> {
  const steps = fileHashSteps(new Uint8Array(bytes));
  for (;;) {
    const step = steps.next();
    if (step.done) return recordingHash(step.value);
    yield { label: 'reading', done: 0, total: bytes.byteLength };
  }
}

/** Refuses by its first bytes what cannot be a recording, with what it is instead. */
function checkHead(bytes: Uint8Array, name: string): void {
  if (bytes.length > MOST_FILE_BYTES) {
    throw inputError(
      `${name}: ${bytes.length} bytes, expected at most ${MOST_FILE_BYTES}: record a shorter time`,
    );
  }
  const { words, opens, kind } = recognise(bytes.subarray(0, HEAD_BYTES));
  if (!opens && kind !== 'text') {
    throw inputError(`${name}: ${words}; expected ftrace, trace-cmd report or perf script text`);
  }
}
