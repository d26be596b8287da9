import { describe, expect, it } from 'vitest';
import { replayAsRecorded } from '../../../src/import/recording/report.ts';
import { parseFtrace } from '../../../src/kernel-text/ftrace.ts';

const line = (event: string) => `  work-7  [000] .....  1.000001: ${event}\n`;
const TEXT =
  '# tracer: nop\n' +
  line('mm_page_alloc: page=1 pfn=0x8 order=3 migratetype=0 gfp_flags=GFP_KERNEL') +
  line('mm_page_free: page=1 pfn=0x8 order=3') +
  line('tracing_mark_write: snapshot after kpageflags-end') +
  line('mm_page_alloc: page=1 pfn=0x8 order=2 migratetype=0 gfp_flags=GFP_KERNEL') +
  line('mm_page_free_batched: page=1 pfn=0x8 order=0') +
  line('sched_wakeup: comm=a') +
  ' => rmqueue\n';

describe('report of a replay', () => {
  const kernel = [{ node: 0, zone: 'Normal', freeByOrder: [0, 1, 0, 1] }];

  it('counts lines: read = used + skipped, comments are neither', () => {
    const { events } = replayAsRecorded(parseFtrace(TEXT));
    expect(events).toEqual({
      read: 7,
      used: 3,
      skipped: { 'unknown event': 1, 'stack line': 1, marker: 1, 'repeats an earlier free': 1 },
      byType: { mm_page_alloc: 2, mm_page_free: 1, tracing_mark_write: 1, mm_page_free_batched: 1 },
    });
  });

  it('compares with the kernel where its text was read, and goes on to the end', () => {
    const report = replayAsRecorded(parseFtrace(TEXT), { after: { zones: kernel, row: 2 } });
    expect(report.buddyinfo).toMatchObject({ difference: 1, byZone: true, row: 2, kernel });
    expect(report.buddyinfo!.ours[0]!.freeByOrder.slice(0, 4)).toEqual([0, 0, 0, 1]);
    expect(report.freeByOrder[0]!.freeByOrder.slice(0, 4)).toEqual([0, 0, 1, 0]);
    expect(report.pages).toMatchObject({ live: 4, buddy: 4 });
  });

  it('compares at the end where the snapshot left no marker', () => {
    const after = { zones: [{ node: 0, zone: 'Normal', freeByOrder: [0, 0, 1] }], row: -1 };
    expect(replayAsRecorded(parseFtrace(TEXT), { after }).buddyinfo!.difference).toBe(0);
  });

  it('an empty recording gives an empty machine', () => {
    const report = replayAsRecorded(parseFtrace(''));
    expect(report.events).toEqual({ read: 0, used: 0, skipped: {}, byType: {} });
    expect(report.machinePages).toBe(0);
    expect(report.buddyinfo).toBeNull();
  });
});
