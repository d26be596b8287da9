import { describe, expect, it } from 'vitest';
import { measure, table } from '../../scripts/benchmark.ts';

const bench = (ns: number, referenceNs: number) => ({
  name: 'alloc',
  reference: 'a Map',
  run: () => ({ ns, referenceNs }),
});

describe('a benchmark', () => {
  it('is set against its reference', async () => {
    await expect(measure(bench(12, 48))).resolves.toEqual({
      name: 'alloc',
      reference: 'a Map',
      ns: 12,
      referenceNs: 48,
      ratio: 0.25,
    });
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('that measured %s ns is refused', async (ns) => {
    await expect(measure(bench(ns, 1))).rejects.toThrow('bench: alloc measured');
    await expect(measure(bench(1, ns))).rejects.toThrow('bench: alloc measured');
  });

  it('is a line of an aligned table', async () => {
    expect(table([await measure(bench(12, 48)), await measure(bench(1200, 48))])).toBe(
      [
        'name    ns/op  reference  ns/op   ratio',
        'alloc    12.0  a Map       48.0   0.250',
        'alloc  1200.0  a Map       48.0  25.000',
      ].join('\n'),
    );
  });
});
