import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { billed, lastRequestParts, runBill } from '../../src/analysis/bill.ts';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { ACTIONS } from '../../src/engine/cost.ts';
import { MEASURE } from '../../src/engine/measures.ts';
import { createOperationLog, OP, pushOperation, REGIONS } from '../../src/engine/operation.ts';
import { AVAILABLE_POLICIES } from '../../src/engine/policy/table.ts';
import { counter, randomOperations, toyConfig } from '../engine/support.ts';

const sum = (parts: readonly { readonly ns: number }[]) => parts.reduce((ns, part) => ns + part.ns, 0);

/** Prices that tell every action from every sum of others. */
const PRICES = {
  device: 'test',
  ...(Object.fromEntries(ACTIONS.map((name, i) => [name, 3 ** (i + 1)])) as Record<
    (typeof ACTIONS)[number],
    number
  >),
};

describe.each(AVAILABLE_POLICIES)('a bill under %s', (name) => {
  it('adds up, for every request, every step and the run', () => {
    let served = 0;
    let failed = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1 << 20 }), (seed) => {
        const m = bootMachine(toyConfig({ pages: 256, cost: PRICES, swapPages: 8, policyChange: { name } }));
        const log = randomOperations(seed, 300, 256);
        m.log.level = 1;
        for (let i = 0; i < log.length; i++) {
          const before = { cost: counter(m, 'costNs'), requests: counter(m, 'requests') };
          const { bill } = billed(m, () => applyOperation(m, log, i));
          expect(bill.ns).toBe(counter(m, 'costNs') - before.cost);
          expect(bill.requests.length + bill.requestsOmitted).toBe(counter(m, 'requests') - before.requests);
          for (const { parts, latencyNs, outcome } of bill.requests) {
            expect(sum(parts)).toBe(latencyNs);
            expect(latencyNs).toBeGreaterThan(0);
            if (outcome === 'served') served++;
            else failed++;
          }
          expect(bill.requestsOmitted).toBe(0);
          expect(sum(bill.requests.map(({ latencyNs: ns }) => ({ ns }))) + bill.outside.ns).toBe(bill.ns);
          for (const { times } of bill.outside.parts) expect(times).toBeGreaterThan(0);
        }
        expect(sum(runBill(m).actions)).toBe(counter(m, 'costNs'));
        expect(sum(lastRequestParts(m))).toBe(m.measures[MEASURE.lastLatencyNs]);
      }),
      { numRuns: 12, seed: 5 },
    );
    expect(served).toBeGreaterThan(1000);
    expect(failed).toBeGreaterThan(10);
  });

  it('is of the events so far when an operation is looked into', () => {
    const m = bootMachine(toyConfig({ policyChange: { name } }));
    const log = randomOperations(7, 40, 1024);
    for (let i = 0; i < 39; i++) applyOperation(m, log, i);
    const { bill } = billed(m, () => undefined);
    expect(bill).toEqual({
      killed: [],
      ns: 0,
      parts: [],
      requests: [],
      requestsOmitted: 0,
      outside: { ns: 0, parts: [] },
    });
    expect(m.log.heard).toBeNull();
  });
});

describe('the bill of a request that ends in a kill', () => {
  it('names the kill and adds up all the same', () => {
    const m = bootMachine(toyConfig({ pages: 256, cost: PRICES, swapPages: 16 }));
    const log = createOperationLog(4096);
    for (let process = 0; process < 3; process++) {
      pushOperation(log, OP.spawn, process);
      pushOperation(log, OP.mapAnon, process * REGIONS, 0, 160);
      for (let page = 0; page < 160; page++) pushOperation(log, OP.touch, process * REGIONS, page, 1);
    }
    m.log.level = 1;
    const bills = Array.from(
      { length: log.length },
      (_, i) => billed(m, () => applyOperation(m, log, i)).bill,
    );
    const requests = bills.flatMap((bill) => bill.requests);
    expect(requests.reduce((n, { oomKills }) => n + oomKills, 0)).toBe(counter(m, 'oomKills'));
    const dear = requests.find(({ oomKills }) => oomKills > 0)!;
    expect(dear.outcome).toBe('served');
    expect(sum(dear.parts)).toBe(dear.latencyNs);
    expect(dear.parts.map(({ action }) => action)).toContain('scanPage');
  });
});
