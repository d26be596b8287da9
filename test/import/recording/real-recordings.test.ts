import { describe, expect, it } from 'vitest';
import { inflateText } from '../../../src/import/gzip.ts';
import { parseKpageflags } from '../../../src/import/kpageflags.ts';
import { createAsRecorded } from '../../../src/import/recording/as-recorded.ts';
import { countWrongPages } from '../../../src/import/recording/page-state.ts';
import { findSnapshotRow, replayAsRecorded } from '../../../src/import/recording/report.ts';
import { zoneRanges } from '../../../src/import/recording/zones.ts';
import { compareBuddyinfo, parseBuddyinfo, printBuddyinfo } from '../../../src/kernel-text/buddyinfo.ts';
import { createFtraceParser, type FtraceText, parseFtrace } from '../../../src/kernel-text/ftrace.ts';
import { parseZoneinfo } from '../../../src/kernel-text/zoneinfo.ts';
import { hasReal, ownBytes, realBytes, realText } from '../real-folder.ts';

function readTrace(bytes: Uint8Array): FtraceText {
  const parser = createFtraceParser();
  inflateText(bytes, (chunk) => {
    parser.push(chunk);
    return true;
  });
  return parser.end();
}

/** A row of a recording's snapshot table; null where the recording has no refill and drain events. */
interface Published {
  name: string;
  exactDifference: number | null;
  freeNotListed: number;
  freeIsBuddyDifference: number;
}

function publishedSnapshots(readme: string): Published[] {
  const number = (cell: string) => (cell === '-' ? null : Number(cell));
  return readme
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells.length === 11 && /^\d+$/.test(cells[2]!))
    .map((cells) => ({
      name: cells[1]!,
      freeNotListed: Number(cells[6]),
      exactDifference: number(cells[8]!),
      freeIsBuddyDifference: Number(cells[9]),
    }));
}

/** The recorder's own analysis: `healed` is [free here and not in the kernel, the other way round] of the page-exact replay. */
interface Analysis {
  events: number;
  by_type: Record<string, number>;
  snapshots: { snapshot: string; healed?: [number, number]; healed_lists_off?: number }[];
}

const RECORDINGS = ['A-files', 'C-slab', 'D-pressure', 'E-boot', 'G-smp'];

describe.skipIf(!hasReal).each(RECORDINGS)('recording %s', { timeout: 60_000 }, (name) => {
  const load = () => {
    const text = readTrace(realBytes(name, 'trace.txt.gz'));
    const flags = parseKpageflags(realBytes(name, 'before', 'kpageflags.rle'));
    const zones = zoneRanges(parseZoneinfo(realText(name, 'before', 'zoneinfo')).zones);
    const analysis = JSON.parse(realText(name, 'consistency.json')) as Analysis;
    return { text, options: { zones, before: { flags, at: findSnapshotRow(text, 'before') } }, analysis };
  };

  it('is read whole, and no allocation lies over a live block', () => {
    const { text, options, analysis } = load();
    expect(text.skipped).toEqual({});
    const { events, conflicts } = replayAsRecorded(text, options);
    expect(events.byType).toEqual(analysis.by_type);
    expect(events.read).toBe(analysis.events);
    expect(events.used + Object.values(events.skipped).reduce((a, b) => a + b, 0)).toBe(events.read);
    expect(conflicts).toMatchObject({ overlappingAllocs: 0, drainsOfLive: 0, allocsOfHoles: 0 });
  });

  it('agrees with the kernel’s snapshots as far as was published', () => {
    const { text, options, analysis } = load();
    const exact = createAsRecorded(text.table, options);
    const merged = createAsRecorded(text.table, { ...options, freeIsBuddy: true });
    const published = publishedSnapshots(realText(name, 'README.md'));
    expect(published.length).toBeGreaterThan(4);
    for (const snapshot of published) {
      const row = findSnapshotRow(text, snapshot.name);
      exact.advance(row);
      merged.advance(row);
      const kernel = parseBuddyinfo(realText(name, snapshot.name, 'buddyinfo')).zones;
      const flags = parseKpageflags(realBytes(name, snapshot.name, 'kpageflags.rle'));
      expect(compareBuddyinfo(merged.freeByOrder(), kernel)).toEqual({
        difference: snapshot.freeIsBuddyDifference,
        byZone: true,
      });
      expect(countWrongPages(merged.state, flags)).toBe(snapshot.freeNotListed);
      if (snapshot.exactDifference === null) continue;
      const { difference } = compareBuddyinfo(exact.freeByOrder(), kernel);
      const analysed = analysis.snapshots.find((s) => s.snapshot === snapshot.name)!;
      expect(difference).toBe(analysed.healed_lists_off);
      expect(countWrongPages(exact.state, flags)).toBe(analysed.healed![0] + analysed.healed![1]);
      if (snapshot.exactDifference === 0) expect(difference).toBe(0);
    }
  });

  it('prints buddyinfo as the kernel did', () => {
    const text = realText(name, 'after', 'buddyinfo');
    expect(printBuddyinfo(parseBuddyinfo(text).zones)).toBe(text);
  });
});

describe.skipIf(!hasReal)('text forms of one kernel', () => {
  const variant = (file: string) => parseFtrace(realText('V-variants', 'variants', `${file}.txt`));

  it.each([
    'default',
    'record-tgid',
    'no-irq-info',
    'no-hash-ptr',
    'no-annotate',
    'clock-mono',
    'clock-boot',
    'clock-global',
    'clock-counter',
    'clock-uptime',
    'clock-x86-tsc',
    'filtered-alloc-order-gt-0',
    'overwritten',
    'trace_pipe-with-losses',
    'trace-cmd-report',
    'perf-script',
  ])('%s is read whole', (file) => {
    const { table, lines, skipped, noEvents } = variant(file);
    expect(skipped).toEqual({});
    expect(table.length).toBe(lines - Object.values(noEvents).reduce((a, b) => a + b, 0));
    expect(table.length).toBeGreaterThan(700);
  });

  it.each([
    ['latency-format', 'latency format', 782],
    ['no-context-info', 'no context info', 798],
    ['raw', 'raw', 788],
    ['stacktrace', 'stack line', 723],
  ])('%s is skipped as %s', (file, reason, lines) => {
    expect(variant(file).skipped).toEqual({ [reason]: lines });
  });

  it('losses are told', () => {
    expect(replayAsRecorded(variant('trace_pipe-with-losses')).warnings).toEqual([
      "1 gaps, 98 events lost by the tracer's own count",
    ]);
    expect(replayAsRecorded(variant('overwritten')).warnings).toHaveLength(2);
  });
});

it('the recording that ships is whole and consistent on its own', () => {
  const text = readTrace(ownBytes('public/traces/G-smp.txt.gz'));
  const { events, conflicts, machinePages, exactLists } = replayAsRecorded(text);
  expect(events).toEqual({
    read: 95460,
    used: 95423,
    skipped: { marker: 37 },
    byType: { mm_page_alloc: 52232, mm_page_free: 43191, tracing_mark_write: 37 },
  });
  expect(conflicts).toMatchObject({ overlappingAllocs: 0, failedAllocs: 0 });
  expect(exactLists).toBe(false);
  expect(machinePages).toBe(131072);
});
