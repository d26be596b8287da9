/** A kernel file that went through mail, a web page, an editor or a terminal is read as the file itself is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kernelText } from '../../../src/analysis/kernel-view/kernel-text.ts';
import { applyOperation } from '../../../src/engine/apply.ts';
import { bootMachine } from '../../../src/engine/boot.ts';
import { inspectText } from '../../../src/import/inspect/inspect.ts';
import { printVmstat, VMSTAT_KEYS } from '../../../src/kernel-text/vmstat.ts';
import { bundledPresets } from '../../../src/scenario/bundled-presets.ts';
import { editedOperations, prepare } from '../../../src/worker/sources.ts';
import { AROUND, cut, INSIDE } from './paste.ts';

const FILES = [
  'buddyinfo',
  'pagetypeinfo',
  'slabinfo',
  'zoneinfo',
  'vmstat',
  'extfrag_index',
  'unusable_index',
] as const;

/** Today's layouts, of a machine that has run for a while. */
function textsOf(policy: 'order0-slab' | 'mobility-compaction'): Record<string, string[]> {
  const prepared = prepare({ kind: 'preset', id: 'one-slab' }, { policy, sets: [] }, bundledPresets);
  const log = editedOperations(prepared);
  const m = bootMachine(prepared.config);
  for (let i = 0; i < 1500; i++) applyOperation(m, log, i);
  const lines = (text: string) => text.replace(/\n$/, '').split('\n');
  const vmstat = printVmstat(VMSTAT_KEYS['2.6.9'].map((key, i) => [key, i * i]));
  return Object.fromEntries(
    FILES.map((file) => [file, lines(file === 'vmstat' ? vmstat : kernelText(m, file, null).text)]),
  );
}

const TEXTS = { 'Linux 6.12': textsOf('mobility-compaction'), 'Linux 2.6.9': textsOf('order0-slab') };

function read(lines: readonly string[]) {
  const { kinds, zones, slabs, counters } = inspectText(`${lines.join('\n')}\n`, 'x');
  return { kinds, zones, slabs, counters };
}

describe.each(Object.entries(TEXTS))('a file of %s', (_, texts) => {
  it.each(FILES)('%s is what it was through any paste', (file) => {
    const lines = texts[file]!;
    const clean = read(lines);
    expect(clean.kinds).toEqual([file]);
    const ways = fc.tuple(fc.constantFrom(...Object.keys(INSIDE)), fc.constantFrom(...Object.keys(AROUND)));
    const examples: [string, string][] = [
      ...Object.keys(AROUND).map((name): [string, string] => ['nothing', name]),
      ...Object.keys(INSIDE).map((name): [string, string] => [name, 'nothing']),
    ];
    fc.assert(
      fc.property(ways, ([inside, around]) => {
        expect(read(AROUND[around]!(INSIDE[inside]!(lines, file), file))).toEqual(clean);
      }),
      { seed: 6, numRuns: 60, examples: examples.map((example) => [example]) },
    );
  });

  it.each(FILES)('%s cut by a terminal of any width is what it was', (file) => {
    const clean = read(texts[file]!);
    const around = fc.constantFrom(...Object.keys(AROUND));
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 140 }), around, (width, name) => {
        expect(read(AROUND[name]!(cut(width)(texts[file]!, file), file))).toEqual(clean);
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it.each(FILES)('%s with lost columns, then cut, is read right or not at all', (file) => {
    const clean = read(texts[file]!);
    const spacing = fc.constantFrom('single spaces', 'indentation lost', 'commas lost');
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 140 }), spacing, (width, name) => {
        const text = cut(width)(INSIDE[name]!(texts[file]!, file), file).join('\n');
        const { kinds, zones, slabs, warnings } = inspectText(text, 'x');
        expect(kinds).toEqual([file]);
        if (warnings.length === 0) expect({ ...read(text.split('\n')) }).toEqual(clean);
        for (const [i, zone] of zones.entries()) {
          const right = clean.zones[i]!;
          expect(zone.freeByOrder).toEqual(right.freeByOrder.slice(0, zone.freeByOrder.length));
          if (zone.unusableIndex.length > 0) expect(zone.unusableIndex).toEqual(right.unusableIndex);
          if (zone.fragIndex.length > 0) expect(zone.fragIndex).toEqual(right.fragIndex);
        }
        for (const slab of slabs) expect(clean.slabs).toContainEqual(slab);
      }),
      { seed: 8, numRuns: 100 },
    );
  });
});

describe('a row cut where digits meet', () => {
  it('is not read past the cut, and that is said, where nothing tells whether they are one number', () => {
    const text = 'Node 0, zone Normal 104 52 31 18 9 7 4 31\n7 2 1 0\n';
    const { zones, warnings } = inspectText(text, 'x');
    expect(zones).toMatchObject([
      { freeByOrder: [104, 52, 31, 18, 9, 7, 4], unusableIndex: [], fragIndex: [] },
    ]);
    expect(warnings).toEqual([
      'line 1: cut at its end, perhaps inside a number: the rest of the row was not read',
      'line 1: "… 7 2 1 0" after the counts was not read',
    ]);
  });
});
