import { basename, join } from 'node:path';
import { summarise } from '../../analysis/summary.ts';
import { count } from '../../base/text.ts';
import { parseKpageflags } from '../../import/kpageflags.ts';
import {
  type BeforeSnapshot,
  finish,
  type OpenOptions,
  openRecording,
  type RecordingScenario,
  readRecording,
} from '../../import/recording/open-recording.ts';
import {
  findSnapshotRow,
  type RecordingReport,
  type ReportOptions,
  replayAsRecorded,
} from '../../import/recording/report.ts';
import { runWhatIf } from '../../import/recording/run-what-if.ts';
import { zoneRanges } from '../../import/recording/zones.ts';
import { type BuddyinfoZone, parseBuddyinfo, printBuddyinfo } from '../../kernel-text/buddyinfo.ts';
import type { FtraceText } from '../../kernel-text/ftrace.ts';
import { parseZoneinfo } from '../../kernel-text/zoneinfo.ts';
import { inputError } from '../../worker/problems.ts';
import { type Command, EXIT, type Io, printJson, UsageError } from '../io.ts';
import { readOptions, required } from '../options.ts';
import { fileExists, overrideOf, readBytes, readText } from '../scenario-input.ts';
import { table } from '../table.ts';
import { resultText } from './run.ts';

/** `order0 replay` */
export const replay: Command = {
  name: 'replay',
  usage: 'TRACE[.gz] [--as-recorded | --policy P] [--before DIR] [--after DIR] [--json]',
  summary:
    'Replays a recorded kernel run as it was, or as a workload under a policy, and compares buddy lists.',
  run(args, io) {
    const options = {
      'as-recorded': { type: 'boolean' },
      policy: { type: 'string' },
      seed: { type: 'string' },
      before: { type: 'string' },
      after: { type: 'string' },
      json: { type: 'boolean' },
    } as const;
    const { values, positionals } = readOptions(args, options, 1);
    const file = required(positionals[0], 'TRACE');
    if (values['as-recorded'] && (values.policy ?? values.seed) !== undefined) {
      throw new UsageError('--as-recorded excludes --policy and --seed: it follows what the kernel did');
    }
    if (values['as-recorded']) asRecorded(io, file, values);
    else whatIf(io, file, values);
    return EXIT.ok;
  },
};

interface Values {
  readonly policy?: string | undefined;
  readonly seed?: string | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly json?: boolean | undefined;
}

function asRecorded(io: Io, file: string, { before, after, json }: Values): void {
  const text = readTrace(file, io);
  const report = replayAsRecorded(text, snapshots(text, before, after));
  for (const warning of report.warnings) io.err(`warning: ${warning}`);
  if (json) printJson(io, { mode: 'as-recorded', ...report });
  else io.out(reportText(report));
}

/** The recording as a workload: the figures of a run, and what was read. */
function whatIf(io: Io, file: string, values: Values): void {
  const override = overrideOf(values);
  const bytes = readBytes(file);
  const { policy = 'order0-slab' } = override;
  const options: OpenOptions = { policy, ...(override.seed === undefined ? {} : { seed: override.seed }) };
  if (values.before !== undefined) options.before = snapshotBefore(values.before);
  const scenario = opened(bytes, file, options);
  const after =
    values.after === undefined
      ? {}
      : {
          after: {
            zones: kernelBuddyinfo(values.after),
            row: findSnapshotRow(scenario.text, basename(values.after)),
          },
        };
  const { machine, report } = runWhatIf(scenario, after);
  for (const warning of report.warnings) io.err(`warning: ${warning}`);
  const { seed } = scenario.config;
  const figures = summarise(machine, { title: scenario.title, seed, length: scenario.operations.length });
  if (values.json) return printJson(io, { ...figures, ...report });
  io.out(resultText({ ...figures, invariants: report.invariants }));
  io.out(reportText({ ...report, freeByOrder: [] }));
  io.out(`assumed\n${report.assumptions.map((line) => `  ${line}\n`).join('')}`);
}

function opened(bytes: Uint8Array, file: string, options: OpenOptions): RecordingScenario {
  return asInput(() => finish(openRecording(bytes, file, options)));
}

/** A recording that cannot be read is bad input. */
function asInput<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw inputError(error.message);
    throw error;
  }
}

function snapshotBefore(dir: string): BeforeSnapshot {
  const zoneinfo = join(dir, 'zoneinfo');
  const flags = join(dir, 'kpageflags.rle');
  if (!fileExists(zoneinfo) && !fileExists(flags)) {
    throw inputError(
      !fileExists(dir)
        ? `${dir}: no such folder`
        : `${dir}: expected zoneinfo or kpageflags.rle in it, met neither`,
    );
  }
  return {
    name: basename(dir),
    ...(fileExists(zoneinfo) ? { zones: parseZoneinfo(readText(zoneinfo)).zones } : {}),
    ...(fileExists(flags) ? { flags: parseKpageflags(readBytes(flags)) } : {}),
  };
}

function kernelBuddyinfo(dir: string): BuddyinfoZone[] {
  const file = join(dir, 'buddyinfo');
  const { zones } = parseBuddyinfo(readText(file));
  if (zones.length === 0) throw inputError(`${file}: no row of /proc/buddyinfo found`);
  return zones;
}

function readTrace(file: string, io: Io): FtraceText {
  const { text, warnings } = asInput(() => finish(readRecording(readBytes(file), file)));
  for (const warning of warnings) io.err(`warning: ${warning}`);
  return text;
}

/** What the folders of /proc text say of the kernel before and after. A folder is named as its snapshot is in the trace. */
function snapshots(text: FtraceText, before: string | undefined, after: string | undefined): ReportOptions {
  const options: ReportOptions = {};
  if (before !== undefined) {
    const { name, zones, flags } = snapshotBefore(before);
    if (zones) options.zones = zoneRanges(zones);
    if (flags) options.before = { flags, at: findSnapshotRow(text, name) };
  }
  if (after !== undefined) {
    options.after = { zones: kernelBuddyinfo(after), row: findSnapshotRow(text, basename(after)) };
  }
  return options;
}

type Told = Pick<RecordingReport, 'events' | 'buddyinfo' | 'freeByOrder'> & { readonly conflicts: object };

function reportText({ events, conflicts, buddyinfo, freeByOrder }: Told): string {
  const counted = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([name, n]) => [`  ${name}`, count(n)]);
  const parts = [
    table([
      ['events read', count(events.read)],
      ['events used', count(events.used)],
      ['skipped', ''],
      ...counted(events.skipped),
      ['conflicts', ''],
      ...counted({ ...conflicts }),
    ]),
  ];
  if (buddyinfo === null) {
    if (freeByOrder.length > 0) parts.push('\nfree blocks at the end\n', printBuddyinfo(freeByOrder));
  } else {
    parts.push('\nours\n', printBuddyinfo(buddyinfo.ours), '\nkernel\n', printBuddyinfo(buddyinfo.kernel));
    parts.push(`\ndifference ${count(buddyinfo.difference)} blocks\n`);
  }
  return parts.join('');
}
