import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EventType, unpackExtfrag } from '../../src/kernel-text/event-table.ts';
import { createFtraceParser, parseFtrace, printFtrace } from '../../src/kernel-text/ftrace.ts';
import { rowsOf } from './random-table.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/traces/${name}.txt`, import.meta.url), 'utf8');

const CONTEXT = '  work-7  [000] .....  1.000001: ';
const ALLOC = 'mm_page_alloc: page=00000000c0ffee01 pfn=0x20 order=1 migratetype=0 gfp_flags=GFP_KERNEL';

/** The one row of a text of one line; fails where there is none. */
function row(line: string) {
  const { table, skipped } = parseFtrace(line);
  expect(skipped).toEqual({});
  expect(table.length).toBe(1);
  return rowsOf(table)[0]!;
}

const skippedOf = (line: string) => parseFtrace(line).skipped;

describe('the same five events as four tools print them', () => {
  const rows = rowsOf(parseFtrace(fixture('ftrace')).table);

  it('are read from tracefs', () => {
    expect(rows).toHaveLength(5);
    expect(rows[0]).toEqual({
      name: 'mm_page_alloc',
      type: EventType.alloc,
      cpu: 1,
      pid: 31,
      comm: 'shell',
      time: 7_250_001_000,
      pfn: 0x2e40,
      order: 1,
      migratetype: 0,
      text: 'GFP_KERNEL_ACCOUNT|__GFP_ZERO',
      extra: 0,
    });
    expect(rows.map((r) => r.comm)).toEqual(['shell', 'kworker/0:1H', 'shell', 'jbd2/vdb-8', '<...>']);
    expect(rows[2]).toMatchObject({ type: EventType.allocFailed, pfn: 0, order: 9 });
  });

  it.each(['trace-cmd', 'perf-script', 'old-kernel'])('are the same from %s', (name) => {
    expect(rowsOf(parseFtrace(fixture(name)).table)).toEqual(rows);
  });

  it('count what is no event', () => {
    expect(parseFtrace(fixture('ftrace')).noEvents).toEqual({ comment: 12 });
    expect(parseFtrace(fixture('trace-cmd')).noEvents).toEqual({ 'tool header': 1 });
    const perf = parseFtrace(fixture('perf-script'));
    expect(perf.noEvents).toEqual({ blank: 1 });
    expect(perf.skipped).toEqual({ 'stack line': 2 });
  });
});

describe('context columns', () => {
  it.each([
    ['no flags', `work-7 [000] 1.5: ${ALLOC}`],
    ['four flags', `work-7 [000] d..3 1.5: ${ALLOC}`],
    ['five flags', `work-7 [000] dN.3. 1.5: ${ALLOC}`],
    ['TGID', `work-7       (     7) [000] ..... 1.5: ${ALLOC}`],
    ['unknown TGID', `work-7       (-------) [000] ..... 1.5: ${ALLOC}`],
    ['perf with pid/tid', `work 5/7 [000] 1.5: kmem:${ALLOC}`],
    ['perf with a period', `work 7 [000] 1.5:          1 kmem:${ALLOC}`],
    ['CRLF', `work-7 [000] ..... 1.5: ${ALLOC}\r`],
  ])('%s', (_, line) => {
    expect(row(line)).toMatchObject({ comm: 'work', pid: 7, cpu: 0, time: 1.5e9, pfn: 0x20, order: 1 });
  });

  it.each(['a-b-2', 'kworker/u2:0', 'Web Content', '<idle>', 'x [1] y', '[3]', '#run', 'a: b'])(
    'a task called %s',
    (comm) => {
      expect(row(`  ${comm}-12 [003] .....  9.000000: ${ALLOC}`)).toMatchObject({ comm, pid: 12, cpu: 3 });
    },
  );

  it('takes nanoseconds, and integers of a counter as they are', () => {
    expect(row(`work-7 [000] ..... 2.000000001: ${ALLOC}`).time).toBe(2_000_000_001);
    const ticks = parseFtrace(`work-7 [000] ..... 24991193070: ${ALLOC}\n`);
    expect(ticks.table.timeUnit).toBe('ticks');
    expect(ticks.table.time[0]).toBe(24991193070);
  });

  it('takes no second clock in one file', () => {
    const mixed = parseFtrace(`work-7 [000] ..... 2.5: ${ALLOC}\nwork-7 [000] ..... 4: ${ALLOC}\n`);
    expect(mixed.table.length).toBe(1);
    expect(mixed.skipped).toEqual({ 'malformed time': 1 });
  });
});

describe('payloads', () => {
  const payload = (text: string) => row(CONTEXT + text);

  it.each([
    ['hex by prefix', '0x20', 0x20],
    ['decimal', '20', 20],
    ['hex by its letters', '2e0f', 0x2e0f],
  ])('pfn is %s', (_, text, pfn) => {
    expect(payload(`mm_page_free: page=1 pfn=${text} order=0`).pfn).toBe(pfn);
  });

  it.each(['', 'none', '0x152c4a', '12345'])('gfp_flags may be "%s"', (gfp) => {
    expect(payload(`mm_page_alloc: page=1 pfn=0x20 order=0 migratetype=0 gfp_flags=${gfp}`).text).toBe(gfp);
  });

  it('passes over keys of vendors and of old kernels', () => {
    const vendor =
      'mm_page_alloc: page=1 pfn=970744 order=0 migratetype=0 nr_free=3650 gfp_flags=GFP_HIGHUSER';
    expect(payload(vendor)).toMatchObject({ pfn: 970744, text: 'GFP_HIGHUSER' });
    expect(payload('mm_pagevec_free: page=1 pfn=77 order=0 cold=1').name).toBe('mm_page_free_batched');
    expect(
      payload('mm_page_alloc_zone_locked: page=1 pfn=77 order=0 migratetype=2 cpu=1 percpu_refill=1'),
    ).toMatchObject({ migratetype: 2, extra: 1 });
  });

  it.each(['(nil)', '(null)', '0000000000000000', '0x0'])('page=%s is a failed request', (page) => {
    const failed = payload(`mm_page_alloc: page=${page} pfn=0x0 order=9 migratetype=1 gfp_flags=GFP_KERNEL`);
    expect(failed).toMatchObject({ type: EventType.allocFailed, name: 'mm_page_alloc', pfn: 0, order: 9 });
  });

  it('a frame 0 with a page is a frame, without page= a failed request', () => {
    const rest = 'pfn=0x0 order=0 migratetype=0 gfp_flags=GFP_KERNEL';
    expect(payload(`mm_page_alloc: page=ffffea0000000001 ${rest}`).type).toBe(EventType.alloc);
    expect(payload(`mm_page_alloc: ${rest}`).type).toBe(EventType.allocFailed);
  });

  it('extfrag has its own orders', () => {
    const extfrag = payload(
      'mm_page_alloc_extfrag: page=1 pfn=0x6000 alloc_order=2 fallback_order=10 pageblock_order=9 ' +
        'alloc_migratetype=2 fallback_migratetype=1 fragmenting=0 change_ownership=1',
    );
    expect(extfrag).toMatchObject({ order: 2, migratetype: 2 });
    expect(unpackExtfrag(extfrag.extra)).toEqual({
      fallbackOrder: 10,
      pageblockOrder: 9,
      fallbackMigratetype: 1,
      changeOwnership: true,
    });
  });

  it('keeps other events of memory management as text, colons inside and all', () => {
    const shrink = payload(
      'mm_shrink_slab_start: super_cache_scan+0x0/0x1f0 00000000fa16eda6: nid: 0 objects 0',
    );
    expect(shrink).toMatchObject({
      type: EventType.other,
      name: 'mm_shrink_slab_start',
      text: 'super_cache_scan+0x0/0x1f0 00000000fa16eda6: nid: 0 objects 0',
    });
  });

  it('reads markers of tracefs and of trace-cmd', () => {
    const marker = { type: EventType.marker, text: 'snapshot before begin' };
    expect(payload('tracing_mark_write: snapshot before begin')).toMatchObject(marker);
    expect(payload('print:                tracing_mark_write: snapshot before begin')).toMatchObject(marker);
  });
});

describe('lines that are not used are counted by reason', () => {
  it.each([
    ['latency format', `    init-1         0..... 33187us!: ${ALLOC}`],
    ['latency format', `    init-1         0..... 33421us : ${ALLOC}`],
    ['no context info', ALLOC],
    ['raw', '179 1 5592200705 type: 542'],
    ['stack line', ' => rmqueue_bulk'],
    ['stack line', 'init-1 [001] d..3.  5.934330: <stack trace>'],
    ['unknown event', `${CONTEXT}sched_switch: prev_comm=a`],
    ['truncated line', `${CONTEXT}mm_page_al`],
    ['truncated line', `${CONTEXT}mm_page_alloc: page=1 pfn=0x20 order=0 migra`],
    ['truncated line', `${CONTEXT}mm_page_free: page=1 pfn=0x20`],
    ['missing order', `${CONTEXT}mm_page_alloc: page=1 pfn=0x20 migratetype=0 gfp_flags=GFP_KERNEL`],
    ['malformed pfn', `${CONTEXT}mm_page_free: page=1 pfn=0xzz order=0`],
    ['malformed pfn', `${CONTEXT}mm_page_free: page=1 pfn=0x123456789 order=0`],
    ['malformed order', `${CONTEXT}mm_page_free: page=1 pfn=0x20 order=77`],
    [
      'malformed payload',
      `${CONTEXT}mm_page_free: pfn=0x20 order=0 ${CONTEXT}mm_page_free: pfn=0x21 order=0`,
    ],
    ['malformed time', `work-7 [000] ..... soon: ${ALLOC}`],
    ['malformed task', `work [000] ..... 1.5: ${ALLOC}`],
    ['malformed context', 'gfp_flags=GFP_KERNEL'],
    [
      'null page',
      `${CONTEXT}mm_page_alloc_zone_locked: page=(nil) pfn=0x0 order=0 migratetype=0 percpu_refill=0`,
    ],
  ])('%s: %s', (reason, line) => {
    expect(skippedOf(line)).toEqual({ [reason]: 1 });
  });

  it('says where the first of each kind stands', () => {
    const { samples } = parseFtrace(`# tracer: nop\n => one\n => two\n`);
    expect(samples).toEqual({ 'stack line': { line: 2, text: ' => one' } });
  });
});

describe('a line without end', () => {
  it('is left out and counted, and the lines around it are read', () => {
    const parser = createFtraceParser();
    parser.push(`${CONTEXT}${ALLOC}\n${CONTEXT}`);
    for (let i = 0; i < 40; i++) parser.push('x'.repeat(50_000));
    parser.push(`\n${CONTEXT}${ALLOC}\n`);
    const { table, lines, skipped, samples } = parser.end();
    expect({ rows: table.length, lines, skipped }).toEqual({
      rows: 2,
      lines: 3,
      skipped: { 'line too long': 1 },
    });
    expect(samples['line too long']).toMatchObject({ line: 2 });
  });
});

describe('what is missing from a recording', () => {
  it.each([
    ['CPU:1 [LOST 98 EVENTS]', 98],
    ['CPU:1 [98 EVENTS DROPPED]', 98],
    ['CPU:1 [LOST EVENTS]', 0],
  ])('%s', (line, lost) => {
    const { notes, noEvents } = parseFtrace(`${CONTEXT}${ALLOC}\n${line}\n`);
    expect(notes).toMatchObject({ lostEvents: lost, lossNotices: 1, lossRows: [1] });
    expect(noEvents).toEqual({ 'loss notice': 1 });
  });

  it('an overwritten buffer, and a CPU that starts late', () => {
    const text = '# entries-in-buffer/entries-written: 3013/11073   #P:2\n##### CPU 1 buffer started ####\n';
    expect(parseFtrace(text).notes).toMatchObject({
      entriesInBuffer: 3013,
      entriesWritten: 11073,
      buffersStarted: [1],
    });
  });
});

it("prints the kernel's own layout", () => {
  const line =
    '            init-1       [001] .....     4.917360: mm_page_alloc: page=ffffea00000b9800 pfn=0x2e60 order=1 ' +
    'migratetype=0 gfp_flags=GFP_KERNEL\n';
  expect(printFtrace(parseFtrace(line).table).endsWith(`|         |\n${line}`)).toBe(true);
});
