import { describe, expect, it } from 'vitest';
import { measure, table } from '../../scripts/benchmark.ts';

const bench = (ns: number, referenceNs: number) => ({
  name: 'alloc',
  reference: 'a Map',
  run: () => ({ ns, referenceNs }),
});

describe('a benchmark', () => {
  it('is set against its reference', () => {
    expect(measure(bench(12, 48))).toEqual({
      name: 'alloc',
      reference: 'a Map',
      ns: 12,
      referenceNs: 48,
      ratio: 0.25,
    });
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('that measured %s ns is refused', (ns) => {
    expect(() => measure(bench(ns, 1))).toThrow('bench: alloc measured');
    expect(() => measure(bench(1, ns))).toThrow('bench: alloc measured');
  });

  it('is a line of an aligned table', () => {
    expect(table([measure(bench(12, 48)), measure(bench(1200, 48))])).toBe(
      [
        'name    ns/op  reference  ns/op   ratio',
        'alloc    12.0  a Map       48.0   0.250',
        'alloc  1200.0  a Map       48.0  25.000',
      ].join('\n'),
    );
  });
});
