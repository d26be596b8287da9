import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { narrateEvent } from '../../src/analysis/narration/event.ts';
import { narrateOperation } from '../../src/analysis/narration/headline.ts';
import { LINE_LENGTH } from '../../src/analysis/narration/line.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { PAGE_NAMES } from '../../src/engine/frames.ts';
import {
  createOperationLog,
  decodeOperation,
  OP,
  type OpCode,
  pushOperation,
} from '../../src/engine/operation.ts';
import { EV, REASON, type TraceEvent } from '../../src/engine/trace-event.ts';
import { smallConfig } from './machines.ts';

const m = bootMachine(smallConfig());
const EVENTS = Object.keys(EV) as (keyof typeof EV)[];
const REASONS = Object.keys(REASON) as (keyof typeof REASON)[];

function event(type: keyof typeof EV, fields: Partial<TraceEvent> = {}): TraceEvent {
  return { type, order: 0, reason: 'none', cpu: 0, pfn: 0, a: 0, b: 0, ...fields };
}

/** Every operation kind with the given numbers in all its columns. */
function operations(n: number) {
  return (Object.values(OP) as OpCode[]).flatMap((kind) => {
    const log = createOperationLog();
    const index = kind === OP.alloc ? n % 6 : n;
    for (const arg of [n, 0, 1]) pushOperation(log, kind, n, index, arg, n & 0xffff, 0, 0);
    return [0, 1, 2].map((i) => decodeOperation(log, i));
  });
}

describe('narration', () => {
  it('has a sentence, a rule and no more than 64 characters for every event', () => {
    const number = fc.oneof(fc.nat(40), fc.nat(0xffffffff), fc.constant(0xffffffff));
    fc.assert(
      fc.property(
        fc.constantFrom(...EVENTS),
        fc.record({
          order: fc.nat(255),
          reason: fc.constantFrom(...REASONS),
          cpu: fc.nat(255),
          pfn: number,
          a: number,
          b: fc.oneof(number, fc.nat(PAGE_NAMES.length)),
        }),
        (type, fields) => {
          const line = narrateEvent(event(type, fields), m);
          expect(line.text.length).toBeLessThanOrEqual(LINE_LENGTH);
          expect(line.text).toMatch(/^\S.*[^.!\s]$/);
          expect(line.text).not.toMatch(/undefined|NaN|null|…/);
          expect(line.rule).toMatch(/\.$/);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it.each(EVENTS)('says something of its own of %s', (type) => {
    const line = narrateEvent(event(type, { order: 2, pfn: 0x120, a: 3, b: 1 }), m);
    const others = EVENTS.filter((other) => other !== type).map(
      (other) => narrateEvent(event(other, { order: 2, pfn: 0x120, a: 3, b: 1 }), m).text,
    );
    expect(others).not.toContain(line.text);
  });

  it('has a sentence of no more than 64 characters for every operation, however large its numbers', () => {
    for (const n of [0, 1, 12, 4_194_304, 0xffffffff]) {
      for (const operation of operations(n)) {
        const line = narrateOperation(operation, [], m);
        expect(line.text, operation.op).toMatch(/^[^.!…]{4,64}$/);
        expect(line.text, operation.op).not.toMatch(/undefined|NaN|null/);
      }
    }
  });

  it.each<[string, TraceEvent]>([
    [
      'Request for order 6 fails: no block is free',
      event('allocFailed', { order: 6, reason: 'noContiguity' }),
    ],
    ['0x13f cannot go: it is mlocked', event('refuse', { pfn: 0x13f, reason: 'mlocked' })],
    ['Block 0x2c0 merges with its buddy 0x2e0: order 6', event('merge', { pfn: 0x2c0, a: 0x2e0, order: 6 })],
    ['Block 0x2e0 merges with its buddy 0x2c0: order 6', event('merge', { pfn: 0x2c0, a: 0x2c0, order: 6 })],
    [
      'Slab 0x2c0 emptied: 21 pages evicted, order 5 returned',
      event('slabDiscarded', { pfn: 0x2c0, a: 21, order: 5 }),
    ],
    ['Slab 0x120 stays: 20 pages lost for nothing', event('slabRefused', { pfn: 0x120, a: 20 })],
    ['No slab to be had: 0x1a5 comes singly from buddy and is stranded', event('stranded', { pfn: 0x1a5 })],
  ])('says "%s"', (text, what) => {
    const empty = bootMachine(smallConfig());
    empty.freeCount.fill(0);
    expect(narrateEvent(what, empty).text).toBe(text);
  });

  it('says that what an operation names is gone', () => {
    const line = narrateOperation({ op: 'free', id: 12 }, [event('absent', { a: 12 })], m);
    expect(line.text).toBe('Allocation 12 is freed: it is not there');
  });

  it('tells the outcome of an operation, not what was asked', () => {
    const request = { op: 'alloc', id: 1, order: 6, gfp: 7, tag: 'network' } as const;
    const failed = [
      event('request', { order: 6 }),
      event('allocFailed', { order: 6, reason: 'noContiguity' }),
    ];
    const served = [
      event('request', { order: 6 }),
      event('pageAlloc', { order: 6, pfn: 0x40 }),
      event('kswapdWake'),
    ];
    expect(narrateOperation(request, failed, m).text).toMatch(/^Request for order 6 fails: /);
    expect(narrateOperation(request, served, m).text).toBe('Request for order 6 served: block 0x040');
    const press = { op: 'reclaimSlab', order: 5 } as const;
    const tries = [
      event('slabRefused', { pfn: 0x120, a: 20 }),
      event('slabDiscarded', { pfn: 0x2c0, a: 21, order: 5 }),
      event('slabReclaimEnd', { a: 2, b: 1 }),
    ];
    expect(narrateOperation(press, tries, m).text).toMatch(/^Slab 0x2c0 emptied/);
    expect(narrateOperation(press, tries.slice(0, 1), m).text).toMatch(/^Slab 0x120 stays/);
  });
});
