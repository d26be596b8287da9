import { describe, expect, it } from 'vitest';
import { bootMachine } from '../../src/engine/boot.ts';
import { GFP, GFP_MASKS } from '../../src/engine/gfp.ts';
import { Z } from '../../src/engine/machine.ts';
import { pcpMarks } from '../../src/engine/per-cpu.ts';
import {
  discountedMin,
  watermarkOk,
  watermarks269,
  zoneField,
  zonelist,
  zoneOf,
} from '../../src/engine/zone.ts';
import { toyConfig } from './support.ts';

function marks(...zones: readonly [name: string, present: number][]): string {
  return watermarks269(zones.map(([name, present]) => ({ name, present })))
    .map(({ min, low, high }) => `${min}/${low}/${high}`)
    .join(' ');
}

describe('the watermarks of 2.6.9', () => {
  it('are those a 2.6.3 machine of 896 MB and high memory printed', () => {
    expect(marks(['DMA', 4096], ['Normal', 225280], ['HighMem', 131072])).toBe(
      '4/8/12 234/468/702 128/256/384',
    );
  });

  it.each([
    [12288, '16/32/48 48/96/144'],
    [28672, '11/22/33 78/156/234'],
  ])('are shared out by size over DMA and %i pages of Normal', (normal, expected) => {
    expect(marks(['DMA', 4096], ['Normal', normal])).toBe(expected);
  });

  it('never fall below 128 kB: a toy machine keeps 32 pages', () => {
    expect(marks(['DMA', 256], ['Normal', 768])).toBe('8/16/24 24/48/72');
  });

  it('never rise above 16 MB', () => {
    expect(marks(['Normal', 64 * 1024 * 1024])).toBe('4096/8192/12288');
  });

  it('keep 32 to 128 pages of high memory', () => {
    expect(marks(['Normal', 1024], ['HighMem', 100])).toContain('32/64/96');
  });

  it('follow min_free_kbytes where somebody wrote it', () => {
    const zones = [
      { name: 'DMA', present: 256 },
      { name: 'Normal', present: 768 },
    ];
    expect(watermarks269(zones, 64)).toEqual([
      { min: 4, low: 8, high: 12 },
      { min: 12, low: 24, high: 36 },
    ]);
    expect(watermarks269(zones, 0).map(({ high }) => high)).toEqual([0, 0]);
  });

  it.each([
    [{}, [32, 64, 96]],
    [{ min: 5 }, [5, 10, 15]],
    [{ low: 40 }, [32, 40, 96]],
    [{ min: 5, low: 100 }, [5, 100, 100]],
    [{ min: 0, low: 0, high: 0 }, [0, 0, 0]],
  ])('of a zone that says %o are %o', (own, marks) => {
    const zone = { name: 'Normal', start: 0, end: 1024, ...own } as const;
    const m = bootMachine(toyConfig({ zones: [zone], boot: [] }));
    expect([Z.min, Z.low, Z.high].map((field) => zoneField(m, 0, field))).toEqual(marks);
  });

  it('are nothing where there is no memory', () => {
    expect(marks(['DMA', 0], ['Normal', 0])).toBe('0/0/0 0/0/0');
  });
});

describe('the watermark test of 2.6.9', () => {
  it('looks at the sum of free pages only: small pages and one large block pass', () => {
    expect(watermarkOk(1000 + 16, 4, 500, 0)).toBe(true);
  });

  it('passes an order-3 request over single pages that buddy then cannot serve', () => {
    expect(watermarkOk(400, 3, 128, 0)).toBe(true);
  });

  it.each([
    [99, true],
    [100, false],
  ])('with 100 pages free, order 0 and mark %i says %s', (mark, ok) => {
    expect(watermarkOk(100, 0, mark, 0)).toBe(ok);
  });

  it('adds what is protected from the class', () => {
    expect(watermarkOk(100, 0, 50, 50)).toBe(false);
    expect(watermarkOk(100, 0, 50, 49)).toBe(true);
  });

  it('halves min for __GFP_HIGH and takes a quarter more for a caller that cannot wait', () => {
    expect(discountedMin(101, GFP_MASKS.kernel)).toBe(101);
    expect(discountedMin(101, GFP.wait | GFP.high)).toBe(51);
    expect(discountedMin(101, GFP_MASKS.atomic)).toBe(39);
  });
});

describe('the marks of the per-CPU lists', () => {
  it.each([
    [4096, '2/6/1', '0/2/1'],
    [16384, '8/24/4', '0/8/4'],
    [225280, '32/96/16', '0/32/16'],
  ])('of %i pages are hot %s and cold %s', (present, hot, cold) => {
    const text = (isCold: boolean) => Object.values(pcpMarks(present, isCold)).join('/');
    expect([text(false), text(true)]).toEqual([hot, cold]);
  });
});

describe('a zonelist', () => {
  const config = toyConfig({
    zones: [
      { name: 'DMA', start: 0, end: 128 },
      { name: 'Normal', start: 128, end: 512 },
      { name: 'HighMem', start: 512, end: 1024 },
    ],
  });

  it.each([
    ['highuser', [2, 1, 0]],
    ['user', [1, 0]],
    ['kernel', [1, 0]],
    ['dma', [0]],
  ] as const)('of %s is %j', (name, zones) => {
    expect(zonelist(config, GFP_MASKS[name])).toEqual(zones);
  });

  it('leaves out zones without pages', () => {
    const zones = [
      { name: 'DMA', start: 0, end: 1024 },
      { name: 'HighMem', start: 1024, end: 1024 },
    ] as const;
    expect(zonelist(toyConfig({ zones }), GFP_MASKS.highuser)).toEqual([0]);
  });

  it('puts every page frame in the zone whose bounds hold it', () => {
    expect([0, 127, 128, 511, 512, 1023].map((pfn) => zoneOf(config, pfn))).toEqual([0, 0, 1, 1, 2, 2]);
  });
});
