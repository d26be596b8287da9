import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { bundledPresets } from '../../src/scenario/bundled-presets.ts';
import { removeField, setField } from '../../src/scenario/edit-text.ts';

const TEXT = `order0: 1
title: A test # of comments
machine:
  # how much memory
  pages: 1024   # 4 MiB
  swapShare: 0.5
workload:
  actors:
    # the first
    - kind: files
      size: [0.01, 0.03] # of memory
      write: 0.1

    - kind: pins
      count: 1
notes:
  - step: 0
    text: Nothing yet.
`;

const lines = (text: string) => text.split('\n');

/** Lines of `after` that `before` lacks, and the other way round. */
function difference(before: string, after: string) {
  const old = lines(before);
  const young = lines(after);
  return {
    gone: old.filter((line) => !young.includes(line)),
    come: young.filter((line) => !old.includes(line)),
  };
}

describe('a field changed in a text', () => {
  it('changes its own value and no other character', () => {
    expect(setField(TEXT, ['machine', 'pages'], 2048)).toBe(TEXT.replace('1024', '2048'));
    expect(setField(TEXT, ['workload', 'actors', 0, 'size'], [0.02, 0.05])).toBe(
      TEXT.replace('[0.01, 0.03]', '[0.02, 0.05]'),
    );
    expect(setField(TEXT, ['title'], 'Two: words')).toBe(TEXT.replace('A test', '"Two: words"'));
  });

  it('is put in at its place in the schema where it was absent', () => {
    expect(setField(TEXT, ['machine', 'cpus'], 4)).toBe(TEXT.replace('# 4 MiB\n', '# 4 MiB\n  cpus: 4\n'));
    expect(setField(TEXT, ['seed'], 7)).toBe(TEXT.replace('workload:', 'seed: 7\nworkload:'));
  });

  it('makes the map it is in', () => {
    expect(setField(TEXT, ['policy', 'victim'], 'first')).toBe(
      TEXT.replace('workload:', 'policy:\n  victim: first\nworkload:'),
    );
  });

  it('adds and removes list items', () => {
    const longer = setField(TEXT, ['workload', 'actors', 2], { kind: 'writeback', every: 0.1 });
    expect(longer).toBe(TEXT.replace('count: 1\n', 'count: 1\n    - kind: writeback\n      every: 0.1\n'));
    const shorter = removeField(TEXT, ['workload', 'actors', 1]);
    expect(difference(TEXT, shorter!)).toEqual({ gone: ['    - kind: pins', '      count: 1'], come: [] });
  });

  it('is taken out with its line', () => {
    expect(removeField(TEXT, ['machine', 'swapShare'])).toBe(TEXT.replace('  swapShare: 0.5\n', ''));
    expect(removeField(TEXT, ['machine', 'cpus'])).toBe(TEXT);
  });

  it('is printed anew only where the text’s form asks for it', () => {
    const flow = 'order0: 1\nmachine: {pages: 64}\ntitle: a\n';
    expect(parse(setField(flow, ['machine', 'cpus'], 2)!)).toMatchObject({ machine: { pages: 64, cpus: 2 } });
    const shared = 'a: &x {n: 1}\nmachine: *x\n';
    expect(setField(shared, ['machine', 'n'], 2)).toBeNull();
  });

  it('refuses a text that is no YAML, and a path that leads through a value', () => {
    expect(setField('a: [', ['seed'], 1)).toBeNull();
    expect(setField(TEXT, ['title', 'x'], 1)).toBeNull();
  });

  it('in any preset leaves all other data, and all comments, as they were', () => {
    const paths = [
      ['machine', 'pages'],
      ['machine', 'cpus'],
      ['machine', 'swappiness'],
      ['policy', 'victim'],
      ['policy', 'daemonBudget'],
      ['seed'],
      ['workload', 'meanDt'],
      ['workload', 'actors', 0, 'weight'],
      ['workload', 'actors', 1, 'until'],
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...bundledPresets),
        fc.constantFrom(...paths),
        fc.oneof(fc.integer({ min: 0, max: 9999 }), fc.constantFrom('first', 'a: b', '# c', '')),
        ({ text }, path, value) => {
          const changed = setField(text, path, value)!;
          const { come } = difference(text, changed);
          expect(come.length).toBeLessThanOrEqual(1);
          let at: unknown = parse(changed);
          for (const key of path) at = Reflect.get(at as object, key);
          expect(at).toBe(value);
          const back = removeField(changed, path)!;
          for (const comment of text.match(/#.*/g) ?? []) expect(back).toContain(comment);
        },
      ),
    );
  });
});
