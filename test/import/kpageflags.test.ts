import { describe, expect, it } from 'vitest';
import { KPF, parseKpageflags, runHas, runsEnd } from '../../src/import/kpageflags.ts';

function file(records: [first: number, pages: number, low: number, high?: number][], extra = 0): Uint8Array {
  const view = new DataView(new ArrayBuffer(records.length * 16 + extra));
  records.forEach((record, i) => {
    record.forEach((value, j) => {
      view.setUint32(i * 16 + j * 4, value ?? 0, true);
    });
  });
  return new Uint8Array(view.buffer);
}

describe('kpageflags.rle', () => {
  it('reads runs with low and high flag bits', () => {
    const runs = parseKpageflags(
      file([
        [0, 1, 1 << KPF.noPage],
        [1, 32, 0, 1],
        [288, 3808, 1 << KPF.buddy],
      ]),
    );
    expect(runs.warnings).toEqual([]);
    expect(runs.length).toBe(3);
    expect(runsEnd(runs)).toBe(4096);
    expect([0, 1, 2].map((i) => runHas(runs, i, KPF.noPage))).toEqual([true, false, false]);
    expect([0, 1, 2].map((i) => runHas(runs, i, KPF.reserved))).toEqual([false, true, false]);
    expect([0, 1, 2].map((i) => runHas(runs, i, KPF.buddy))).toEqual([false, false, true]);
  });

  it('reads bytes that start off a word boundary', () => {
    const bytes = file([[7, 2, 1 << KPF.buddy]]);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect(parseKpageflags(shifted.subarray(1)).firstPfn[0]).toBe(7);
  });

  it('leaves out a cut record and one that goes back, with a warning each', () => {
    const runs = parseKpageflags(
      file(
        [
          [0, 10, 0],
          [5, 10, 0],
          [10, 1, 0],
        ],
        7,
      ),
    );
    expect(runs.length).toBe(2);
    expect(runs.firstPfn[1]).toBe(10);
    expect(runs.warnings).toHaveLength(2);
  });
});
