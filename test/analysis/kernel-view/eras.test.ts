/** One machine in the layouts of all eras. */
import { describe, expect, it } from 'vitest';
import { eraNote, eraOf, layoutOf } from '../../../src/analysis/kernel-view/era.ts';
import { createTally } from '../../../src/analysis/kernel-view/event-tally.ts';
import { pagetypeinfoOf } from '../../../src/analysis/kernel-view/pagetypeinfo.ts';
import { slabinfoOf } from '../../../src/analysis/kernel-view/slabs.ts';
import { vmstatOf } from '../../../src/analysis/kernel-view/vmstat.ts';
import { zoneRecordsOf } from '../../../src/analysis/kernel-view/zones.ts';
import { bootMachine } from '../../../src/engine/boot.ts';
import { ERAS } from '../../../src/kernel-text/era.ts';
import { printPagetypeinfo } from '../../../src/kernel-text/pagetypeinfo.ts';
import { printSlabinfo } from '../../../src/kernel-text/slabinfo.ts';
import { VMSTAT_KEYS } from '../../../src/kernel-text/vmstat.ts';
import { parseZoneinfo, parseZoneRecords, printZoneRecords } from '../../../src/kernel-text/zoneinfo.ts';
import { smallConfig } from '../machines.ts';

const m = bootMachine(smallConfig());
const buddy = bootMachine(smallConfig(256, { name: 'buddy-2.6' }));

describe('the eras', () => {
  it('belong to policies, and say what they had not', () => {
    expect(eraOf('mobility-lumpy')).toBe('2.6.24');
    expect(layoutOf('mobility-lumpy', 'zoneinfo')).toBe('2.6.24');
    expect(eraNote('mobility-lumpy', 'zoneinfo')).toBeNull();
    expect(layoutOf('order0-slab', 'zoneinfo')).toBe('6.12');
    expect(eraNote('mobility-lumpy', 'extfrag_index')).toContain('2.6.24 had no extfrag_index');
    expect(eraNote('mobility-compaction', 'extfrag_index')).toBeNull();
  });

  it.each(['2.6.24', '6.12'] as const)('zoneinfo of %s reads back, with the zone as it is', (era) => {
    for (const machine of [m, buddy]) {
      const records = zoneRecordsOf(machine, era);
      const text = printZoneRecords(records);
      expect(parseZoneRecords(text)).toEqual(records);
      expect(parseZoneinfo(text).zones[0]).toMatchObject({
        zone: 'Normal',
        free: 252,
        present: 256,
        startPfn: 0,
      });
    }
  });

  it('zoneinfo of 2.6.24 has hot and cold lists, counters before protection, and priorities', () => {
    const text = printZoneRecords(zoneRecordsOf(buddy, '2.6.24'));
    expect(text).toMatch(/\n {8}scanned {2}0 \(a: 0 i: 0\)\n/);
    expect(text).toMatch(
      /\n {4}nr_free_pages 252\n[\s\S]*\n {8}protection: \(0\)\n {2}pagesets\n {4}cpu: 0 pcp: 0\n/,
    );
    expect(text).toMatch(/\n {2}all_unreclaimable: 0\n {2}prev_priority: {5}12\n {2}start_pfn: {9}0\n$/);
    expect(text).not.toContain('managed');
  });

  it('pagetypeinfo has the types of its kernel', () => {
    expect(printPagetypeinfo([pagetypeinfoOf(m, '2.6.24')])).toMatch(/Reserve +<NULL> \n/);
    expect(printPagetypeinfo([pagetypeinfoOf(m, '6.12')])).toMatch(/HighAtomic +Isolate \n/);
  });

  it('slabinfo has version 2.0 in 2.6.9 alone', () => {
    expect(ERAS.map((era) => printSlabinfo(slabinfoOf(m, era)).slice(0, 23))).toEqual([
      'slabinfo - version: 2.0',
      'slabinfo - version: 2.1',
      'slabinfo - version: 2.1',
    ]);
  });

  it.each(ERAS)('vmstat of %s has its keys, in its order', (era) => {
    const entries = vmstatOf(m, era, createTally(1));
    expect(entries.map(([key]) => key)).toEqual(VMSTAT_KEYS[era]);
    expect(entries.every(([, value]) => Number.isSafeInteger(value) && value >= 0)).toBe(true);
  });
});
