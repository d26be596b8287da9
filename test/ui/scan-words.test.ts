/** What is said of a scan holds for the rule it goes by, and for groups of slabs. */
import { describe, expect, it } from 'vitest';
import { reclaimAccount } from '../../src/analysis/account.ts';
import { billed } from '../../src/analysis/bill.ts';
import type { MachineConfig } from '../../src/engine/config.ts';
import { choosingText, ranked, scanText } from '../../src/ui/free/scan-words.ts';
import { apply, plainMachine, reads, writes } from '../engine/support.ts';

/** The account of one slab reclaim on a machine of which half is files, some of them dirty. */
function accountUnder(policy: Partial<MachineConfig['policy']>, order?: number) {
  const m = plainMachine({ policyChange: policy });
  const pages = Math.floor(m.config.pages / 2);
  apply(m, { op: 'createFile', file: 0, pages }, ...writes(0, 0, 9), ...reads(0, 9, pages));
  const act = () => apply(m, { op: 'reclaimSlab', order: order ?? m.config.slabOrder });
  const { result: events, choice } = billed(m, act);
  return reclaimAccount(events, m, choice)!;
}

describe('the words of a scan', () => {
  it('name what the rule ranks by', () => {
    expect(scanText(accountUnder({ victim: 'most-clean' }))).toMatch(
      / slabs? of order0-user .*clean file pages/,
    );
    expect(scanText(accountUnder({ victim: 'fewest-objects' }))).toContain('pages in use, fewest first');
    expect(scanText(accountUnder({ victim: 'cheapest' }))).not.toContain('clean');
  });

  it('stand over slabs in the order of the rule', () => {
    const { length } = ranked(accountUnder({ victim: 'most-clean' }));
    expect(length).toBeGreaterThan(1);
    const clean = ranked(accountUnder({ victim: 'most-clean' })).map((one) => one.clean);
    expect(clean).toEqual([...clean].sort((a, b) => b - a));
    expect(new Set(clean).size).toBeGreaterThan(1);
    const inUse = ranked(accountUnder({ victim: 'fewest-objects' })).map((one) => one.inUse);
    expect(inUse).toEqual([...inUse].sort((a, b) => a - b));
  });

  it('count groups where groups were looked at', () => {
    const account = accountUnder({ aligned: true }, plainMachine().config.slabOrder + 1);
    expect(account.groups).toBeGreaterThan(0);
    expect(scanText(account)).toContain(`${account.groups} aligned group`);
    expect(choosingText(account)).toContain(`${account.groups} of ${account.maxDefragScan}`);
  });
});
