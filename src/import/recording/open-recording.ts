/** A recording's bytes become something that can be run: text, events, operations, in steps that can be stopped. */
import { plural } from '../../base/text.ts';
import type { MachineConfig } from '../../engine/config.ts';
import type { OperationLog } from '../../engine/operation.ts';
import { EventType, eventText } from '../../kernel-text/event-table.ts';
import { createFtraceParser, type FtraceText, optionInTheWay } from '../../kernel-text/ftrace.ts';
import type { ZoneinfoZone } from '../../kernel-text/zoneinfo.ts';
import { binaryAdvice } from '../binary.ts';
import { type InflateLimits, inflateSteps } from '../gzip.ts';
import type { PageFlagRuns } from '../kpageflags.ts';
import { openingMoment } from './opening-moment.ts';
import { countEvents, type EventCounts, findSnapshotRow, lossWarnings, lostEvents } from './report.ts';
import { type WhatIf, type WhatIfConflicts, type WhatIfOptions, whatIfSteps } from './what-if.ts';

/** What was read of a recording, as the page shows it. */
export interface RecordingFacts {
  readonly name: string;
  readonly read: number;
  readonly used: number;
  /** Events the recorder says it lost; null where the file does not tell. */
  readonly lost: number | null;
  readonly skipped: readonly { readonly reason: string; readonly count: number }[];
  readonly byType: readonly { readonly type: string; readonly count: number }[];
  readonly conflicts: readonly { readonly kind: string; readonly count: number }[];
  readonly assumptions: readonly string[];
}

/** A recording ready to run. */
export interface RecordingScenario {
  readonly title: string;
  readonly summary: string;
  readonly config: MachineConfig;
  readonly operations: OperationLog;
  /** The step with most to show, see `openingMoment`. */
  readonly openAt: number;
  /** The markers written while recording, at the operations they came before. */
  readonly notes: readonly { readonly step: number; readonly text: string }[];
  readonly warnings: readonly string[];
  readonly facts: RecordingFacts;
  readonly events: EventCounts;
  readonly conflicts: WhatIfConflicts;
  readonly whatIf: WhatIf;
  readonly text: FtraceText;
}

/** What was read of the machine before the recording began. */
export interface BeforeSnapshot {
  /** As the recording's markers name it; they say when the flags were read. */
  readonly name: string;
  readonly zones?: readonly ZoneinfoZone[];
  readonly flags?: PageFlagRuns;
}

export interface OpenOptions extends Omit<WhatIfOptions, 'zones' | 'flags'> {
  before?: BeforeSnapshot;
}

/** How far opening is: bytes of the file, then events. */
export interface OpenProgress {
  readonly label: 'reading' | 'converting';
  readonly done: number;
  readonly total: number;
}

const MAX_NOTES = 200;
const NOTE_LENGTH = 120;

/**
 * Opens a recording, gzip or plain, in steps of some milliseconds: yields progress, returns the scenario. To stop,
 * do not go on. The same bytes and options give the same scenario.
 *
 * @throws RangeError with one clear line when there is nothing in it that can be run, or its machine is too large
 */
export function* openRecording(
  bytes: Uint8Array,
  name: string,
  options: OpenOptions = {},
): Generator<OpenProgress, RecordingScenario> {
  const { text, warnings } = yield* readRecording(bytes, name);
  const total = text.table.length;
  const { before, ...rest } = options;
  const steps = whatIfSteps(text.table, { ...rest, ...snapshotOptions(text, before) });
  for (;;) {
    const step = steps.next();
    if (step.done) return recordingScenario(text, step.value, name, warnings);
    yield { label: 'converting', done: step.value, total };
  }
}

/** The snapshot as options of a what-if, its place in the recording found by name. */
function snapshotOptions(
  text: FtraceText,
  before: BeforeSnapshot | undefined,
): Pick<WhatIfOptions, 'zones' | 'flags'> {
  if (before === undefined) return {};
  const { name, zones, flags } = before;
  return {
    ...(zones === undefined ? {} : { zones }),
    ...(flags === undefined ? {} : { flags: { runs: flags, at: findSnapshotRow(text, name) } }),
  };
}

/** Characters without a single page event after which no more are read: a few kilobytes of gzip can become gigabytes. */
const MOST_WITHOUT_EVENTS = 1 << 27;

/** The text of a recording in steps. @throws RangeError as {@link openRecording} */
export function* readRecording(
  bytes: Uint8Array,
  name: string,
  limits: InflateLimits = {},
): Generator<OpenProgress, { text: FtraceText; warnings: string[] }> {
  const advice = binaryAdvice(bytes);
  if (advice !== null) throw new RangeError(`${name}: ${advice}`);
  const parser = createFtraceParser();
  let length = 0;
  const steps = inflateSteps(
    bytes,
    (chunk) => {
      parser.push(chunk);
      length += chunk.length;
      return parser.table.length > 0 || length < MOST_WITHOUT_EVENTS;
    },
    limits,
  );
  for (;;) {
    const step = steps.next();
    if (!step.done) {
      yield { label: 'reading', done: step.value, total: bytes.length };
      continue;
    }
    const text = parser.end();
    if (!hasPageEvents(text)) {
      throw new RangeError(`${name}: ${noEvents(text)}`);
    }
    return { text, warnings: step.value.warnings.map((warning) => `${name}: ${warning}`) };
  }
}

/** What stands there instead of events, the most frequent first. */
function noEvents({ lines, skipped, samples }: FtraceText): string {
  const expected = `expected ftrace text with mm_page_alloc and mm_page_free events, met none in ${plural(lines, 'line')}`;
  const [reason, count] = Object.entries(skipped).sort((a, b) => b[1] - a[1])[0] ?? [];
  if (reason === undefined) return expected;
  const option = optionInTheWay(samples[reason]?.text ?? '');
  if (option !== null) return `${expected}: it is ${option.words}`;
  return `${expected}; ${count} skipped as ${reason}, the first in line ${samples[reason]?.line ?? 1}`;
}

/** Runs steps to their end at once. */
export function finish<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function hasPageEvents({ table }: FtraceText): boolean {
  for (let row = 0; row < table.length; row++) {
    const type = table.type[row];
    if (type === EventType.alloc || type === EventType.allocFailed || type === EventType.free) return true;
  }
  return false;
}

/** What an event table and its workload say of themselves. */
export function recordingScenario(
  text: FtraceText,
  whatIf: WhatIf,
  name: string,
  warnings: readonly string[] = [],
): RecordingScenario {
  const events = countEvents(text, whatIf.used, whatIf.skipped);
  const { config, operations, conflicts, assumptions } = whatIf;
  const counted = <K extends string>(key: K, counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(
      ([of, count]) => ({ [key]: of, count }) as Record<K, string> & { count: number },
    );
  return {
    title: `Recording ${name}`,
    summary: `What a kernel was asked, under another policy: ${events.used} of ${events.read} events on ${config.pages} pages.`,
    config,
    operations,
    openAt: openingMoment(text, whatIf),
    notes: notesOf(text, whatIf),
    warnings: [...warnings, ...lossWarnings(text)],
    facts: {
      name,
      read: events.read,
      used: events.used,
      lost: lostEvents(text),
      skipped: counted('reason', events.skipped),
      byType: counted('type', events.byType),
      conflicts: counted('kind', { ...conflicts }),
      assumptions,
    },
    events,
    conflicts,
    whatIf,
    text,
  };
}

function notesOf({ table }: FtraceText, { stepOfRow }: WhatIf): { step: number; text: string }[] {
  const notes: { step: number; text: string }[] = [];
  for (let row = 0; row < table.length && notes.length < MAX_NOTES; row++) {
    if (table.type[row] !== EventType.marker) continue;
    notes.push({ step: stepOfRow[row]!, text: eventText(table, row).slice(0, NOTE_LENGTH) });
  }
  return notes;
}
