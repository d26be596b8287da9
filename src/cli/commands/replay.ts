import { basename, join } from 'node:path';
import { count } from '../../base/text.ts';
import { binaryAdvice } from '../../import/binary.ts';
import { inflateText } from '../../import/gzip.ts';
import { parseKpageflags } from '../../import/kpageflags.ts';
import {
  findSnapshotRow,
  type RecordingReport,
  type ReportOptions,
  replayAsRecorded,
} from '../../import/recording/report.ts';
import { zoneRanges } from '../../import/recording/zones.ts';
import { parseBuddyinfo, printBuddyinfo } from '../../kernel-text/buddyinfo.ts';
import { createFtraceParser, type FtraceText } from '../../kernel-text/ftrace.ts';
import { parseZoneinfo } from '../../kernel-text/zoneinfo.ts';
import { inputError } from '../../worker/problems.ts';
import { type Command, EXIT, type Io, printJson, UsageError } from '../io.ts';
import { readOptions, required } from '../options.ts';
import { fileExists, readBytes, readText } from '../scenario-input.ts';
import { table } from '../table.ts';

/** `order0 replay` */
export const replay: Command = {
  name: 'replay',
  usage: 'TRACE[.gz] --as-recorded [--before DIR] [--after DIR] [--json]',
  summary: "Replays a recorded kernel run page for page and compares the buddy lists with the kernel's.",
  run(args, io) {
    const options = {
      'as-recorded': { type: 'boolean' },
      policy: { type: 'string' },
      before: { type: 'string' },
      after: { type: 'string' },
      json: { type: 'boolean' },
    } as const;
    const { values, positionals } = readOptions(args, options, 1);
    const file = required(positionals[0], 'TRACE');
    if (!values['as-recorded'])
      throw new UsageError('what-if under a policy is not built yet: add --as-recorded');
    if (values.policy !== undefined) throw new UsageError('--policy and --as-recorded exclude each other');
    const text = readTrace(file, io);
    const report = replayAsRecorded(text, snapshots(text, values.before, values.after));
    for (const warning of report.warnings) io.err(`warning: ${warning}`);
    if (values.json) printJson(io, report);
    else io.out(reportText(report));
    return EXIT.ok;
  },
};

function readTrace(file: string, io: Io): FtraceText {
  const bytes = readBytes(file);
  const advice = binaryAdvice(bytes);
  if (advice !== null) throw inputError(`${file}: ${advice}`);
  const parser = createFtraceParser();
  const { warnings } = inflateText(bytes, (chunk) => {
    parser.push(chunk);
    return true;
  });
  for (const warning of warnings) io.err(`warning: ${file}: ${warning}`);
  const text = parser.end();
  if (text.table.length === 0) throw inputError(`${file}: no trace event found, expected ftrace text`);
  return text;
}

/** What the folders of /proc text say of the kernel before and after. A folder is named as its snapshot is in the trace. */
function snapshots(text: FtraceText, before: string | undefined, after: string | undefined): ReportOptions {
  const options: ReportOptions = {};
  if (before !== undefined) {
    const zoneinfo = join(before, 'zoneinfo');
    const flags = join(before, 'kpageflags.rle');
    if (fileExists(zoneinfo)) options.zones = zoneRanges(parseZoneinfo(readText(zoneinfo)).zones);
    if (fileExists(flags)) {
      options.before = {
        flags: parseKpageflags(readBytes(flags)),
        at: findSnapshotRow(text, basename(before)),
      };
    }
    if (!options.zones && !options.before) {
      throw inputError(`${before}: expected zoneinfo or kpageflags.rle in it, met neither`);
    }
  }
  if (after !== undefined) {
    const file = join(after, 'buddyinfo');
    const { zones } = parseBuddyinfo(readText(file));
    if (zones.length === 0) throw inputError(`${file}: no row of /proc/buddyinfo found`);
    options.after = { zones, row: findSnapshotRow(text, basename(after)) };
  }
  return options;
}

function reportText({ events, conflicts, buddyinfo, freeByOrder }: RecordingReport): string {
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
  if (buddyinfo === null) parts.push('\nfree blocks at the end\n', printBuddyinfo(freeByOrder));
  else {
    parts.push('\nours\n', printBuddyinfo(buddyinfo.ours), '\nkernel\n', printBuddyinfo(buddyinfo.kernel));
    parts.push(`\ndifference ${count(buddyinfo.difference)} blocks\n`);
  }
  return parts.join('');
}
