/** A run's traces carry its requests' latencies: every level of slices sums to the one above, and lines are timed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BillPart, billed } from '../../../src/analysis/bill.ts';
import { createTraceWriter, linesOf } from '../../../src/analysis/kernel-view/trace/ftrace-lines.ts';
import { microseconds } from '../../../src/analysis/kernel-view/trace/microseconds.ts';
import {
  type ChromeEvent,
  createPerfettoWriter,
  putOperation,
} from '../../../src/analysis/kernel-view/trace/perfetto.ts';
import { createTiming, timed } from '../../../src/analysis/kernel-view/trace/timing.ts';
import { applyOperation } from '../../../src/engine/apply.ts';
import { bootMachine } from '../../../src/engine/boot.ts';
import { C } from '../../../src/engine/counters.ts';
import type { TraceLine } from '../../../src/kernel-text/ftrace.ts';
import { bundledPresets } from '../../../src/scenario/bundled-presets.ts';
import { editedOperations, prepare } from '../../../src/worker/sources.ts';

const CASES = [
  ['one-slab', 'order0-slab'],
  ['dirty-storm', 'buddy-2.6'],
  ['dirty-storm', 'mobility-lumpy'],
  ['huge-pages', 'mobility-compaction'],
  ['claim-moving-2004', 'page-moving'],
  ['claim-daemon', 'order0-slab'],
] as const;

interface Slice {
  readonly event: ChromeEvent;
  readonly from: number;
  readonly ns: number;
  readonly inside: Slice[];
}

/** As Perfetto reads a time: times 1,000, cut off. */
const ns = (us: number) => Math.trunc(us * 1000);

/** Slices of the CPUs' tracks nested by time, as a viewer nests them. */
function nested(events: readonly ChromeEvent[]): Slice[] {
  const roots: Slice[] = [];
  const open: Slice[] = [];
  for (const event of events) {
    if (event.ph !== 'X' || event.pid !== 1) continue;
    const slice: Slice = { event, from: ns(event.ts), ns: ns(event.dur!), inside: [] };
    if (event.cat === 'operation') open.length = 0;
    while (open.length > 0 && open.at(-1)!.from + open.at(-1)!.ns < slice.from + slice.ns) open.pop();
    while (open.at(-1)?.event.cat === 'cpu' || open.at(-1)?.event.cat === 'io') open.pop();
    while (slice.event.cat === 'request' && open.length > 1) open.pop();
    while (slice.event.cat === 'phase' && open.at(-1)?.event.cat === 'phase') open.pop();
    (open.at(-1)?.inside ?? roots).push(slice);
    open.push(slice);
  }
  return roots;
}

function traced(id: string, policy: string) {
  const prepared = prepare(
    { kind: 'preset', id },
    { policy: policy as 'order0-slab', sets: [] },
    bundledPresets,
  );
  const { config } = prepared;
  const log = editedOperations(prepared);
  const m = bootMachine(config);
  const events: ChromeEvent[] = [];
  const lines: TraceLine[] = [];
  const perfetto = createPerfettoWriter(m, (event) => events.push(event));
  const ftrace = createTraceWriter(m);
  const timing = createTiming();
  m.log.level = 1;
  for (let i = 0; i < log.length; i++) {
    timed(m, timing, () => applyOperation(m, log, i));
    putOperation(perfetto, m, log, i, timing);
    lines.push(...linesOf(ftrace, m, log, i, timing));
  }
  return { config, log, m, events, lines };
}

/** What a slice without others in it says of its own length. */
function ownNs({ cat, args }: ChromeEvent): number {
  if (cat === 'operation') return 0;
  if (cat !== 'request') return Number(args!['times']) * Number(args!['priceNs']);
  return Object.values(args!['parts'] as Record<string, number>).reduce((sum, part) => sum + part, 0);
}

/** Time between each `begin` and the `end` that follows it. */
function between(lines: readonly TraceLine[], begin: string, end: string): number {
  let sum = 0;
  let from = Number.NaN;
  for (const { name, timeNs } of lines) {
    if (name === begin) from = timeNs;
    if (name === end && !Number.isNaN(from)) {
      sum += timeNs - from;
      from = Number.NaN;
    }
  }
  return sum;
}

const runs = CASES.map(([id, policy]) => ({ id, policy, run: traced(id, policy) }));

describe.each(runs)('the latencies of $id under $policy', ({ run }) => {
  const { config, log, m, events, lines } = run;
  const operations = nested(events);
  const named = (name: string) =>
    events.filter((e) => e.ph === 'X' && e.cat === 'phase' && e.name === name).map((e) => ns(e.dur!));
  const total = (all: readonly number[]) => all.reduce((sum, n) => sum + n, 0);

  it('are those of the bill, part by part', () => {
    const again = bootMachine(config);
    again.log.level = 1;
    for (const [i, { inside, ns: cost }] of operations.entries()) {
      const { bill } = billed(again, () => applyOperation(again, log, i));
      if (cost !== bill.ns) expect.fail(`operation ${i} cost ${bill.ns} ns, its slice has ${cost}`);
      const requests = inside.filter(({ event }) => event.cat === 'request');
      if (requests.length === 0 && bill.requests.length === 0) continue;
      expect(requests.length).toBe(bill.requests.length + bill.requestsOmitted);
      const sums = (parts: readonly BillPart[]) =>
        Object.fromEntries(parts.map(({ action, ns: of }) => [action, of]));
      expect(requests.slice(0, bill.requests.length).map(({ event }) => event.args)).toEqual(
        bill.requests.map(({ outcome, pfn, gfp, latencyNs, parts }) => ({
          outcome,
          ...(pfn === null ? {} : { pfn }),
          gfp,
          latencyNs,
          parts: sums(parts),
        })),
      );
    }
    expect(operations.length).toBe(log.length);
    expect(total(operations.map((slice) => slice.ns))).toBe(m.counters[C.costNs]);
  });

  it('add up at every level, each part behind the other', () => {
    const wrong: ChromeEvent[] = [];
    const look = ({ event, from, ns: length, inside }: Slice) => {
      let at = from;
      let whole = true;
      for (const part of inside) {
        whole &&= part.from === at;
        at += part.ns;
        look(part);
      }
      const own = inside.length > 0 ? at - from : ownNs(event);
      if (!whole || own !== length) wrong.push(event);
    };
    operations.forEach(look);
    expect(wrong).toEqual([]);
  });

  it('are told by tools of ftrace text too: no time goes back, and what has tracepoints lasts as long', () => {
    expect(lines.filter(({ timeNs }, i) => timeNs < (lines[i - 1]?.timeNs ?? 0))).toEqual([]);
    const direct = between(lines, 'mm_vmscan_direct_reclaim_begin', 'mm_vmscan_direct_reclaim_end');
    expect(direct).toBe(total(named('direct reclaim')));
    expect(between(lines, 'mm_vmscan_kswapd_wake', 'mm_vmscan_kswapd_sleep')).toBe(total(named('kswapd')));
    const sums = lines.filter(({ payload }) => payload.startsWith('order0: latency'));
    for (const { payload } of sums) {
      const [, latency] = / ns=(\d+) /.exec(payload)!;
      const parts = [...payload.matchAll(/=(\d+)x(\d+)/g)].map(([, times, price]) => +times! * +price!);
      expect(total(parts)).toBe(Number(latency));
    }
    const marks = lines.filter(({ payload }) => /^[BE]\|/.test(payload)).map(({ payload }) => payload[0]);
    expect(marks.join('')).toBe('BE'.repeat(marks.length / 2));
  });
});

describe('what the cases above show', () => {
  it('has every kind of phase', () => {
    const seen = new Set(
      runs.flatMap(({ run }) => run.events.filter(({ cat }) => cat === 'phase').map(({ name }) => name)),
    );
    expect([...seen].sort()).toEqual([
      'allocation',
      'compaction',
      'defrag daemon',
      'direct reclaim',
      'kcompactd',
      'kswapd',
      'page moving',
      'slab reclaim',
    ]);
  });
});

describe('nanoseconds in microseconds', () => {
  it('come back whole from a reader that cuts off', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 52 }), (whole) => {
        expect(ns(microseconds(whole))).toBe(whole);
      }),
    );
  });
});
