/** Reclaim waits for the device: it must not queue all of memory for writing while no write can end. */
import { describe, expect, it } from 'vitest';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { C } from '../../src/engine/counters.ts';
import { checkInvariants } from '../../src/engine/invariants.ts';
import { createOperationLog, OP, pushOperation, vmaOf } from '../../src/engine/operation.ts';
import { toyConfig } from './support.ts';

const REGION = vmaOf(0, 0);

/** A process that writes `pages` anonymous pages once each, 20 µs apart. */
function anonymousLoad(pages: number) {
  const log = createOperationLog();
  pushOperation(log, OP.spawn, 0);
  pushOperation(log, OP.mapAnon, REGION, 0, pages);
  for (let page = 0; page < pages; page++) pushOperation(log, OP.touch, REGION, page, 1, 0, 20);
  return log;
}

describe.each(['order0-slab', 'buddy-2.6'] as const)('swapping under %s', (name) => {
  it('serves anonymous memory larger than the machine, the rest in swap, without a kill', () => {
    const config = toyConfig({ pages: 8192, swapPages: 8192, policyChange: { name } });
    const m = bootMachine(config);
    const log = anonymousLoad(10_000);
    let most = 0;
    for (let i = 0; i < log.length; i++) {
      const before = m.counters[C.pagesSwapped]!;
      applyOperation(m, log, i);
      most = Math.max(most, m.counters[C.pagesSwapped]! - before);
    }
    expect(checkInvariants(m)).toBeNull();
    expect(m.counters[C.oomKills]).toBe(0);
    expect(m.counters[C.requestsFailed]).toBe(0);
    // what one operation starts stays near what it needs: kswapd frees some hundreds of pages up to its high marks
    expect(most).toBeLessThan(1024);
    expect(m.counters[C.pagesSwapped]).toBeLessThan(2 * m.counters[C.pagesEvicted]!);
  });
});
