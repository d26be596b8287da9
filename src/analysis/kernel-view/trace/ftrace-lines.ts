/**
 * The events of one operation as ftrace lines, in the layouts of include/trace/events/kmem.h and vmscan.h (6.12).
 *
 * The kernel's tracepoints see single blocks where this machine's events see batches, so what moves between buddy
 * lists and per-CPU lists or slabs is followed page by page: a block that leaves the lists is
 * `mm_page_alloc_zone_locked`, one that returns `mm_page_pcpu_drain`, also where a whole slab does. Slab reclaim has no
 * tracepoint: it is written as `tracing_mark_write`. A line's time is its event's: what was charged by then. So direct
 * reclaim, compaction and kswapd last as long as what they cost, and a request ends at its `mm_page_alloc`. `mm_shrink_slab_*` and `mm_vmscan_lru_*` carry figures that this
 * machine does not keep, and are not printed.
 */
import { NONE } from '../../../base/units.ts';
import { C } from '../../../engine/counters.ts';
import { GFP_MASKS } from '../../../engine/gfp.ts';
import { NR_PCP_LISTS, pcpListOrder, pcpListsPerCpu } from '../../../engine/list-types.ts';
import type { Machine } from '../../../engine/machine.ts';
import type { OperationLog } from '../../../engine/operation.ts';
import { EV } from '../../../engine/trace-event.ts';
import { NULL_PAGE, printPage, type TraceLine } from '../../../kernel-text/ftrace.ts';
import { WHO, type Who, whoseEvents } from '../who.ts';
import { gfpNames, migratetypeOf } from './gfp-names.ts';
import { MOBILITY_TELLERS } from './mobility-lines.ts';
import { AT, anyAt, createPageMap, givenBlock, putAt } from './page-map.ts';
import { createSlices, tellLatency } from './slices.ts';
import { taskOf, whoIs } from './task.ts';
import type { Teller, Telling, TraceWriter } from './telling.ts';
import type { Timing } from './timing.ts';

export type { TraceWriter } from './telling.ts';

/** A writer for a machine as it stands, before the operations to be told. */
export function createTraceWriter(m: Machine): TraceWriter {
  return { map: createPageMap(m), descriptors: descriptorPages(m) };
}

/** Lines of operation `i`, which was just applied with its events recorded and timed. */
export function linesOf(
  writer: TraceWriter,
  m: Machine,
  log: OperationLog,
  i: number,
  timing: Timing,
): TraceLine[] {
  const events = m.log;
  const who = whoseEvents(events, m.config.policy.reclaim === 'daemon');
  const asker = taskOf(log, i);
  const cpu = log.cpu[i]! % m.config.cpus;
  const lines: TraceLine[] = [];
  const t: Telling = {
    m,
    writer,
    say: (name, payload) => lines.push({ ...whoIs(t.who, asker), cpu, timeNs: t.timeNs, name, payload }),
    timeNs: timing.startNs,
    get reclaiming() {
      return t.who === WHO.direct || t.who === WHO.kswapd;
    },
    merge: null,
    slab: false,
    gfp: GFP_MASKS.kernel,
    who: WHO.task,
  };
  const slices = createSlices(t, asker);
  const requests = new Map(timing.requests.map((request) => [request.event, request]));
  for (let e = 0; e < events.count; e++) {
    const was = t.who;
    t.who = who[e]! as Who;
    // what led to the event began when the one before it was done
    slices.before(e);
    if (t.who === WHO.kswapd && was !== WHO.kswapd) t.say('mm_vmscan_kswapd_wake', 'nid=0 order=0');
    t.timeNs = timing.atNs[e]!;
    tell(t, e);
    const request = requests.get(e);
    if (request !== undefined) tellLatency(t, request);
  }
  slices.end();
  t.who = WHO.task;
  t.timeNs = timing.endNs;
  settleLists(t);
  return lines;
}

const pfnOf = ({ m }: Telling, e: number) => m.log.pfn[e]!;
const orderOf = ({ m }: Telling, e: number) => m.log.order[e]!;
const hexPfn = (t: Telling, e: number) => `0x${pfnOf(t, e).toString(16)}`;
const mark = (t: Telling, text: string) => t.say('tracing_mark_write', text);

const TELLERS: Partial<Record<number, Teller>> = {
  ...MOBILITY_TELLERS,
  [EV.request]: (t, e) => {
    t.gfp = t.m.log.a[e]!;
  },
  [EV.pageAlloc]: (t, e) => {
    const gfp = t.m.log.a[e]!;
    const pfn = pfnOf(t, e);
    const order = orderOf(t, e);
    takeFromBuddy(t, pfn, order);
    t.say(
      'mm_page_alloc',
      `${printPage(pfn)} order=${order} migratetype=${migratetypeOf(gfp)} gfp_flags=${gfpNames(gfp)}`,
    );
    putAt(t.writer.map, pfn, order, AT.live);
  },
  [EV.allocFailed]: (t, e) => {
    const gfp = t.m.log.a[e]!;
    t.say(
      'mm_page_alloc',
      `${NULL_PAGE} order=${orderOf(t, e)} migratetype=${migratetypeOf(gfp)} gfp_flags=${gfpNames(gfp)}`,
    );
  },
  [EV.pageFree]: (t, e) => freePages(t, pfnOf(t, e), orderOf(t, e)),
  [EV.merge]: (t, e) => {
    t.merge ??= { pfn: pfnOf(t, e), order: orderOf(t, e), buddy: t.m.log.a[e]! };
  },
  [EV.listAdd]: (t, e) => {
    const given = givenBlock({ pfn: pfnOf(t, e), order: orderOf(t, e) }, t.merge);
    t.merge = null;
    giveToBuddy(t, given.pfn, given.order);
  },
  [EV.cacheGrow]: (t, e) => takeFromBuddy(t, pfnOf(t, e), orderOf(t, e)),
  [EV.scanSlab]: (t) => {
    t.slab = true;
  },
  [EV.slabReclaimEnd]: (t) => {
    t.slab = false;
  },
  // in slab reclaim a page goes back to its slab without passing release.ts
  [EV.drop]: (t, e) => t.slab && freePages(t, pfnOf(t, e), 0),
  [EV.clearObjects]: (t, e) => t.slab && freePages(t, pfnOf(t, e), 0),
  [EV.movePage]: (t, e) => {
    const to = t.m.log.a[e]!;
    // a target that compaction has isolated leaves the lists without a tracepoint
    if (t.m.config.policy.name === 'mobility-compaction') return putAt(t.writer.map, to, 0, AT.live);
    takeFromBuddy(t, to, 0);
    const gfp = GFP_MASKS.highuser;
    t.say(
      'mm_page_alloc',
      `${printPage(to)} order=0 migratetype=${migratetypeOf(gfp)} gfp_flags=${gfpNames(gfp)}`,
    );
    putAt(t.writer.map, to, 0, AT.live);
    if (t.slab) freePages(t, pfnOf(t, e), 0);
  },
  [EV.chooseWindow]: (t, e) =>
    mark(
      t,
      `order0: window at ${hexPfn(t, e)} chosen, order ${orderOf(t, e)}, ${t.m.log.a[e]} pages to move`,
    ),
  [EV.windowKept]: (t, e) =>
    mark(t, `order0: window at ${hexPfn(t, e)} kept, ${t.m.log.a[e]} pages moved for nothing`),
  [EV.windowFreed]: (t, e) =>
    mark(
      t,
      `order0: window at ${hexPfn(t, e)} free, ${t.m.log.a[e]} pages moved, ${t.m.log.b[e]} PTEs changed`,
    ),
  [EV.kswapdWake]: (t, e) =>
    t.say('mm_vmscan_wakeup_kswapd', `nid=0 order=${orderOf(t, e)} gfp_flags=${gfpNames(t.gfp)}`),
  [EV.kswapdSleep]: (t) => t.say('mm_vmscan_kswapd_sleep', 'nid=0'),
  [EV.directReclaimBegin]: (t, e) => {
    t.gfp = t.m.log.a[e]!;
    t.say('mm_vmscan_direct_reclaim_begin', `order=${orderOf(t, e)} gfp_flags=${gfpNames(t.gfp)}`);
  },
  [EV.directReclaimEnd]: (t, e) => t.say('mm_vmscan_direct_reclaim_end', `nr_reclaimed=${t.m.log.a[e]}`),
  [EV.writebackStart]: (t, e) =>
    t.reclaiming &&
    t.say(
      'mm_vmscan_write_folio',
      `${printPage(pfnOf(t, e))} flags=RECLAIM_WB_${t.m.log.b[e] === 1 ? 'ANON' : 'FILE'}|RECLAIM_WB_ASYNC`,
    ),
  [EV.writePage]: (t, e) =>
    t.say('mm_vmscan_write_folio', `${printPage(pfnOf(t, e))} flags=RECLAIM_WB_FILE|RECLAIM_WB_SYNC`),
  [EV.swapPage]: (t, e) =>
    t.say('mm_vmscan_write_folio', `${printPage(pfnOf(t, e))} flags=RECLAIM_WB_ANON|RECLAIM_WB_SYNC`),
  [EV.chooseSlab]: (t, e) => mark(t, `order0: slab at ${hexPfn(t, e)} chosen`),
  [EV.slabRefused]: (t, e) =>
    mark(t, `order0: slab at ${hexPfn(t, e)} refused, ${t.m.log.a[e]} pages evicted`),
  [EV.slabDiscarded]: (t, e) =>
    mark(
      t,
      `order0: slab at ${hexPfn(t, e)} discarded, order ${orderOf(t, e)}, ${t.m.log.a[e]} pages evicted`,
    ),
  [EV.oomKill]: (t, e) => mark(t, `order0: process ${t.m.log.a[e]} killed, out of memory`),
};

function tell(t: Telling, e: number): void {
  TELLERS[t.m.log.type[e]!]?.(t, e);
}

/** percpu_refill as 6.12 computes it from the order alone. */
const PCP_ORDER = 3;

function takeFromBuddy({ writer, say }: Telling, pfn: number, order: number): void {
  if (!anyAt(writer.map, pfn, order, AT.buddy)) return;
  say(
    'mm_page_alloc_zone_locked',
    `${printPage(pfn)} order=${order} migratetype=0 percpu_refill=${order <= PCP_ORDER ? 1 : 0}`,
  );
  putAt(writer.map, pfn, order, AT.aside);
}

/** A page whose block has joined the lists already was told of then. */
function freePages({ writer, say }: Telling, pfn: number, order: number): void {
  if (!anyAt(writer.map, pfn, order, AT.live)) return;
  say('mm_page_free', `${printPage(pfn)} order=${order}`);
  putAt(writer.map, pfn, order, AT.aside);
}

/** A block freed straight to buddy is told as freed first: the engine says so only after its merges. */
function giveToBuddy(t: Telling, pfn: number, order: number): void {
  freePages(t, pfn, order);
  t.say('mm_page_pcpu_drain', `${printPage(pfn)} order=${order} migratetype=0`);
  putAt(t.writer.map, pfn, order, AT.buddy);
}

/** What left the lists without an event of its own: pages of a refill, and those of slab descriptors. */
function settleLists(t: Telling): void {
  const { m, writer } = t;
  for (let e = 0; e < m.log.count; e++) {
    if (m.log.type[e] === EV.pcpRefill)
      for (const { pfn, order } of perCpuBlocks(m, m.log.b[e]!)) takeFromBuddy(t, pfn, order);
  }
  const now = descriptorPages(m);
  for (const pfn of now) {
    if (writer.descriptors.has(pfn)) continue;
    takeFromBuddy(t, pfn, 0);
    const gfp = gfpNames(GFP_MASKS.kernel);
    t.say('mm_page_alloc', `${printPage(pfn)} order=0 migratetype=0 gfp_flags=${gfp}`);
    putAt(writer.map, pfn, 0, AT.live);
  }
  writer.descriptors = now;
}

function perCpuBlocks(m: Machine, zone: number): { pfn: number; order: number }[] {
  const blocks: { pfn: number; order: number }[] = [];
  const perCpu = pcpListsPerCpu(m.config);
  const lists = m.config.cpus * perCpu;
  for (let i = 0; i < lists; i++) {
    const order = perCpu === NR_PCP_LISTS ? pcpListOrder(i % perCpu) : 0;
    for (let pfn = m.pcpHead[zone * lists + i]!; pfn !== NONE; pfn = m.next[pfn]!)
      blocks.push({ pfn, order });
  }
  return blocks;
}

function descriptorPages(m: Machine): Set<number> {
  const pages = new Set<number>();
  for (let at = m.counters[C.descriptorHead]!; at !== 0; ) {
    const pfn = at - 1;
    pages.add(pfn);
    const next = m.next[pfn]!;
    at = next === NONE ? 0 : next + 1;
  }
  return pages;
}
