import { describe, expect, it } from 'vitest';
import { inspectOutlook } from '../../../src/analysis/inspect/outlook.ts';
import { inspectPageblocks, inspectTypedLists } from '../../../src/analysis/inspect/pageblocks.ts';
import { typedPcpLists } from '../../../src/analysis/inspect/parked.ts';
import { inspectScanners } from '../../../src/analysis/inspect/scanners.ts';
import { countObtainable, immovableReason, obtainable } from '../../../src/analysis/obtainable.ts';
import { OUTLOOK, outlookText } from '../../../src/analysis/outlook-text.ts';
import { applyOperation } from '../../../src/engine/apply.ts';
import { POLICY_IDS, type PolicyId } from '../../../src/engine/config.ts';
import { PAGE } from '../../../src/engine/frames.ts';
import type { Machine } from '../../../src/engine/machine.ts';
import { pfnsOfKind, plainMachine, randomOperations } from '../../engine/support.ts';

function lived(name: PolicyId, seed = 3): Machine {
  const m = plainMachine({ pages: 512, swapPages: 512, policyChange: { name } });
  const log = randomOperations(seed, 1200, 512);
  for (let i = 0; i < log.length; i++) applyOperation(m, log, i);
  return m;
}

describe('the outlook', () => {
  it.each(POLICY_IDS)('names under %s a page that stays in every block it counts as kept', (name) => {
    const m = lived(name);
    for (const order of [0, 2, 4]) {
      const report = inspectOutlook(m, order);
      const blocks = obtainable(m, order);
      expect(report.windows).toBe(blocks.length);
      expect(report.obtainable).toBe(blocks.filter((block) => block.obtainable).length);
      expect(countObtainable(m, order)).toEqual({ windows: report.windows, obtainable: report.obtainable });
      for (const { pfn, blocker } of blocks) {
        expect(report.blockers[pfn >>> order]).toBe(blocker?.pfn ?? OUTLOOK.obtainable);
        if (blocker) expect(immovableReason(m, blocker.pfn)).toBe(blocker.why);
      }
      const kept = report.keptBy.reduce((sum, one) => sum + one.blocks, 0);
      expect(kept).toBe(report.windows - report.obtainable);
    }
  });

  it('is no worse for a policy that moves more kinds of page', () => {
    const m = lived('mobility-lumpy');
    const under = (name: PolicyId) => countObtainable(m, 3, { ...m.config.policy, name }).obtainable;
    expect(under('page-moving')).toBeGreaterThanOrEqual(under('mobility-compaction'));
    expect(under('mobility-compaction')).toBeGreaterThanOrEqual(under('buddy-2.6'));
  });

  it('is a sentence that counts', () => {
    expect(outlookText(5, { windows: 32, obtainable: 17 })).toBe(
      '17 of 32 blocks of order 5 could be had if everything reclaimable went; the other 15 each hold a page that stays.',
    );
    expect(outlookText(5, { windows: 32, obtainable: 31 })).toMatch(/the other one holds a page/);
    expect(outlookText(5, { windows: 0, obtainable: 0 })).toMatch(/No zone/);
  });
});

describe('pageblocks', () => {
  it.each(['mobility-lumpy', 'mobility-compaction'] as const)(
    'of %s have every free page on a list',
    (name) => {
      const m = lived(name);
      const report = inspectPageblocks(m);
      if (report.view !== 'pageblocks') throw new Error(report.reason);
      expect(report.blocks).toHaveLength(m.config.pages >> m.config.pageblockOrder);
      const lists = inspectTypedLists(m);
      if (lists.view !== 'typed-lists') throw new Error(lists.reason);
      const pages = lists.free
        .flatMap(({ byType }) => byType)
        .flatMap((orders) => orders.map((blocks, order) => blocks << order))
        .reduce((a, b) => a + b, 0);
      expect(pages).toBe(pfnsOfKind(m, PAGE.free).length);
    },
  );

  it('are not there under a policy that does not group', () => {
    expect(inspectPageblocks(lived('buddy-2.6')).view).toBe('nothing');
    expect(inspectTypedLists(lived('buddy-2.6')).view).toBe('nothing');
  });
});

it('6.12’s per-CPU lists by type hold all that waits per CPU', () => {
  const m = lived('mobility-compaction');
  const waiting = m.config.zones
    .flatMap((_, zone) => Array.from({ length: m.config.cpus }, (_, cpu) => typedPcpLists(m, zone, cpu)))
    .flat()
    .reduce((sum, { blocks, order }) => sum + (blocks << order), 0);
  expect(waiting).toBe(pfnsOfKind(m, PAGE.pcp).length);
  expect(typedPcpLists(lived('buddy-2.6'), 0, 0)).toEqual([]);
});

it('scanners stand inside their zones between runs, one each', () => {
  const m = lived('mobility-compaction');
  const { zones, windows } = inspectScanners(m, false);
  expect(windows).toEqual([]);
  expect(zones).toHaveLength(m.config.zones.length);
  zones.forEach(({ migrate, free, running }, zone) => {
    const { start, end } = m.config.zones[zone]!;
    expect(running).toBe(false);
    expect(migrate).toBeGreaterThanOrEqual(start);
    expect(migrate).toBeLessThan(end);
    expect(free).toBeGreaterThanOrEqual(start);
    expect(free).toBeLessThan(end);
  });
  expect(inspectScanners(lived('buddy-2.6'), false).zones).toEqual([]);
});
