/** A run's own trace, read back by the importer: the page frames it names are the ones that moved. */
import { describe, expect, it } from 'vitest';
import { buddyinfoOf } from '../../../src/analysis/kernel-view/free-lists.ts';
import { createTraceWriter, linesOf } from '../../../src/analysis/kernel-view/trace/ftrace-lines.ts';
import { gfpNames } from '../../../src/analysis/kernel-view/trace/gfp-names.ts';
import {
  type ChromeEvent,
  createPerfettoWriter,
  putOperation,
} from '../../../src/analysis/kernel-view/trace/perfetto.ts';
import { createTiming, type Timing, timed } from '../../../src/analysis/kernel-view/trace/timing.ts';
import { applyOperation } from '../../../src/engine/apply.ts';
import { bootMachine } from '../../../src/engine/boot.ts';
import { C } from '../../../src/engine/counters.ts';
import { PAGE } from '../../../src/engine/frames.ts';
import { GFP, GFP_MASKS } from '../../../src/engine/gfp.ts';
import type { Machine } from '../../../src/engine/machine.ts';
import type { OperationLog } from '../../../src/engine/operation.ts';
import { KPF, type PageFlagRuns } from '../../../src/import/kpageflags.ts';
import { replayAsRecorded } from '../../../src/import/recording/report.ts';
import { parseFtrace, printTraceHeader, printTraceLine } from '../../../src/kernel-text/ftrace.ts';
import { parseGfp } from '../../../src/kernel-text/gfp.ts';
import { bundledPresets } from '../../../src/scenario/bundled-presets.ts';
import { editedOperations, prepare } from '../../../src/worker/sources.ts';

const CASES = ['order0-slab', 'buddy-2.6', 'mobility-lumpy'].flatMap((policy) =>
  ['one-slab', 'dirty-storm'].map((id) => [id, policy] as const),
);

function opened(id: string, policy: string) {
  const prepared = prepare(
    { kind: 'preset', id },
    { policy: policy as 'order0-slab', sets: [] },
    bundledPresets,
  );
  return { config: prepared.config, log: editedOperations(prepared) };
}

/** Every operation, its events recorded and timed; `see` is called after each. */
function runTimed(m: Machine, log: OperationLog, see: (i: number, timing: Timing) => void): void {
  const timing = createTiming();
  m.log.level = 1;
  for (let i = 0; i < log.length; i++) {
    timed(m, timing, () => applyOperation(m, log, i));
    see(i, timing);
  }
}

/** Flags of every page at boot, as the kernel's snapshot would give them. */
function bootFlags(m: Machine): PageFlagRuns {
  const column = (of: (kind: number) => number) => Uint32Array.from(m.kind, of);
  return {
    length: m.config.pages,
    firstPfn: Uint32Array.from(m.kind, (_, pfn) => pfn),
    pages: column(() => 1),
    flagsLow: column((kind) =>
      kind === PAGE.free ? 1 << KPF.buddy : kind === PAGE.hole ? 1 << KPF.noPage : 0,
    ),
    flagsHigh: column((kind) => (kind === PAGE.boot ? 1 : 0)),
    warnings: [],
  };
}

describe('a run as ftrace text', () => {
  it.each(CASES)('%s under %s replays without a conflict, to the same free lists', (id, policy) => {
    const { config, log } = opened(id, policy);
    const m = bootMachine(config);
    const flags = bootFlags(m);
    const writer = createTraceWriter(m);
    const lines: string[] = [];
    runTimed(m, log, (i, timing) => {
      for (const line of linesOf(writer, m, log, i, timing)) lines.push(printTraceLine(line));
    });
    const text = parseFtrace(printTraceHeader(lines.length, config.cpus) + lines.join(''));
    expect(text.skipped).toEqual({});
    expect(text.notes.entriesInBuffer).toBe(lines.length);
    expect(text.table.length).toBe(lines.length);
    const zones = config.zones.map(({ name, start, end }) => ({ node: 0, zone: name, start, end }));
    const report = replayAsRecorded(text, {
      zones,
      before: { flags, at: 0 },
      after: { zones: buddyinfoOf(m) },
    });
    const { failedAllocs, freesOfUnknown, freesFromBefore, ...conflicts } = report.conflicts;
    // What a machine frees without having handed it out: nothing.
    expect({ freesOfUnknown, freesFromBefore }).toEqual({ freesOfUnknown: 0, freesFromBefore: 0 });
    expect(new Set(Object.values(conflicts))).toEqual(new Set([0]));
    expect(failedAllocs).toBeGreaterThanOrEqual(0);
    expect(report.exactLists).toBe(true);
    expect(report.buddyinfo?.difference).toBe(0);
  });

  it('tells kswapd, direct reclaim and the daemon apart', () => {
    const { config, log } = opened('dirty-storm', 'buddy-2.6');
    const m = bootMachine(config);
    const writer = createTraceWriter(m);
    const byTask = new Map<string, Set<string>>();
    runTimed(m, log, (i, timing) => {
      for (const { comm, name } of linesOf(writer, m, log, i, timing)) {
        const task = comm.replace(/\d.*$/, '');
        byTask.set(name, (byTask.get(name) ?? new Set()).add(task));
      }
    });
    expect(byTask.get('mm_vmscan_kswapd_sleep')).toEqual(new Set(['kswapd']));
    expect(byTask.get('mm_vmscan_kswapd_wake')).toEqual(new Set(['kswapd']));
    expect(byTask.get('mm_vmscan_wakeup_kswapd')!.has('kswapd')).toBe(false);
    expect(byTask.get('mm_page_alloc')!.has('kswapd')).toBe(false);
  });

  it("tells compaction in the kernel's events, and what it moves by no more than the kernel does", () => {
    const { config, log } = opened('dirty-storm', 'mobility-compaction');
    const m = bootMachine(config);
    const writer = createTraceWriter(m);
    const lines: string[] = [];
    const seen = new Map<string, number>();
    runTimed(m, log, (i, timing) => {
      for (const line of linesOf(writer, m, log, i, timing)) {
        lines.push(printTraceLine(line));
        seen.set(line.name, (seen.get(line.name) ?? 0) + 1);
        if (line.name.startsWith('mm_compaction_kcompactd')) expect(line.comm).toBe('kcompactd0');
      }
    });
    const text = parseFtrace(printTraceHeader(lines.length, config.cpus) + lines.join(''));
    expect([text.skipped, text.table.length]).toEqual([{}, lines.length]);
    expect(seen.get('mm_compaction_begin')).toBeGreaterThan(0);
    expect(seen.get('mm_compaction_end')).toBe(seen.get('mm_compaction_begin'));
    expect(seen.get('mm_page_alloc_extfrag')).toBe(m.counters[C.pageblockSteals]);
    expect(seen.get('mm_compaction_kcompactd_wake')).toBe(seen.get('mm_compaction_kcompactd_sleep'));
    expect(m.counters[C.pagesMoved]).toBeGreaterThan(0);
    expect(lines.join('')).toMatch(
      /mm_compaction_begin: zone_start=0x\d+ migrate_pfn=0x[\da-f]+ free_pfn=0x[\da-f]+ zone_end=0x[\da-f]+, mode=sync\n/,
    );
  });

  it('names flags that a parser of kernel text knows', () => {
    for (const mask of [...Object.values(GFP_MASKS), ...Object.values(GFP), 0, 0xffff]) {
      expect(parseGfp(gfpNames(mask)).unknown, gfpNames(mask)).toEqual([]);
    }
    expect(gfpNames(GFP_MASKS.highuser | GFP.zero)).toBe('GFP_HIGHUSER|__GFP_ZERO');
    expect(gfpNames(0)).toBe('none');
  });
});

describe('a run as Chrome trace events', () => {
  const { config, log } = opened('one-slab', 'order0-slab');
  const events: ChromeEvent[] = [];
  const m = bootMachine(config);
  const writer = createPerfettoWriter(m, (event) => events.push(event));
  runTimed(m, log, (i, timing) => putOperation(writer, m, log, i, timing));

  it('has a slice an operation on the CPU tracks, none over the next', () => {
    const slices = events.filter(({ ph, pid, cat }) => ph === 'X' && pid === 1 && cat === 'operation');
    expect(slices).toHaveLength(log.length);
    slices.slice(1).forEach(({ ts }, i) => {
      expect(slices[i]!.ts + slices[i]!.dur!).toBeLessThanOrEqual(ts);
    });
  });

  it('counts the pages that are free', () => {
    const last = events.findLast(({ ph }) => ph === 'C')!;
    const free = m.config.zones.reduce(
      (sum, _, z) => sum + buddyinfoOf(m)[z]!.freeByOrder.reduce((s, n, k) => s + n * 2 ** k, 0),
      0,
    );
    expect(Object.values(last.args!).reduce<number>((sum, n) => sum + Number(n), 0)).toBe(free);
  });

  it('marks the failed request and the slab discarded for it', () => {
    const marks = events.filter(({ ph }) => ph === 'i').map(({ name }) => name);
    expect(marks).toContain('request failed, order 5');
    expect(marks).toContain('slab discarded');
  });

  it('names the track of every process that has slices', () => {
    const named = new Set(events.filter(({ ph, pid }) => ph === 'M' && pid === 2).map(({ tid }) => tid));
    for (const { ph, pid, tid } of events) if (ph === 'X' && pid === 2) expect(named.has(tid)).toBe(true);
    expect(named.size).toBeGreaterThan(1);
  });
});
