import { describe, expect, it } from 'vitest';
import { bundledPresets } from '../../src/scenario/bundled-presets.ts';
import { difference } from '../../src/ui/editor/code-view.ts';
import { suggestions } from '../../src/ui/editor/help.ts';
import { matching } from '../../src/ui/gallery/Gallery.tsx';
import { tilesOf } from '../../src/ui/gallery/picture.ts';

/** Labels suggested at the mark `|`. */
function at(marked: string): string[] {
  const offset = marked.indexOf('|');
  return (suggestions(marked.replace('|', ''), offset)?.options ?? []).map(({ label }) => label);
}

describe('completion', () => {
  it('offers the keys that a map lacks', () => {
    const keys = at('order0: 1\nmachine:\n  pages: 64\n  |\n');
    expect(keys).toContain('slabOrder');
    expect(keys).not.toContain('pages');
  });

  it('offers what a choice may be, and a default', () => {
    expect(at('policy:\n  victim: |')).toContain('fewest-objects');
    expect(at('policy:\n  drainFirst: |')).toEqual(['true', 'false']);
    expect(at('machine:\n  cpus: |')).toEqual(['1']);
  });

  it('knows the actor whose line is being written, and the others', () => {
    const head = 'workload:\n  actors:\n    - kind: files\n';
    expect(at(`${head}      |`)).toContain('sequential');
    expect(at(`${head}    - kind: pins\n      |\n    - kind: files\n`)).toContain('target');
    expect(at(`${head}    - kind: |`)).toContain('writeback');
  });

  it('says nothing in a comment', () => expect(at('# na|')).toEqual([]));
});

describe('one stretch of difference', () => {
  it('is the smallest, and turns one text into the other', () => {
    for (const [a, b] of [
      ['abc', 'abXc'],
      ['aaa', 'aa'],
      ['', 'x'],
      ['seed: 1\n', 'seed: 12\n'],
    ] as const) {
      const { from, to, insert } = difference(a, b)!;
      expect(a.slice(0, from) + insert + a.slice(to)).toBe(b);
      expect(insert.length).toBeLessThanOrEqual(1);
    }
    expect(difference('same', 'same')).toBeNull();
  });
});

describe('the gallery', () => {
  const presets = bundledPresets.map(({ id, text }) => ({ id, title: id, summary: text.slice(0, 600) }));

  it('finds by every word of the search', () => {
    expect(matching(presets, '')).toHaveLength(presets.length);
    expect(matching(presets, 'FORK every').map(({ id }) => id)).toEqual(['fork-storm']);
    expect(matching(presets, 'no such words')).toEqual([]);
  });

  it('lays tiles out as near to a square as they go', () => {
    expect([1024, 2048, 4096].map(tilesOf)).toEqual([
      { columns: 1, rows: 1 },
      { columns: 2, rows: 1 },
      { columns: 2, rows: 2 },
    ]);
  });
});
