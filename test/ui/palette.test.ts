import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzyFilter, fuzzyScore } from '../../src/ui/palette/fuzzy.ts';

const NAMES = [
  'Act Request order 1',
  'Act Request order 10',
  'Act Reclaim one slab',
  'Go Step back',
  'View Caches',
];

describe('the palette’s filter', () => {
  it.each([
    ['ro10', 'Act Request order 10'],
    ['request order 1', 'Act Request order 1'],
    ['recl', 'Act Reclaim one slab'],
    ['sb', 'Go Step back'],
    ['CACHES', 'View Caches'],
  ])('answers %j with %s first', (query, first) => {
    expect(fuzzyFilter(query, NAMES, (name) => name)[0]).toBe(first);
  });

  it('keeps all in their order where nothing is typed', () => {
    expect(fuzzyFilter(' ', NAMES, (name) => name)).toEqual(NAMES);
  });

  it('finds a text by any of its letters in order, and by no other', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z ]{1,20}$/),
        fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
        (text, kept) => {
          const part = [...text].filter((_, i) => kept[i]).join('');
          expect(fuzzyScore(part, text)).not.toBeNull();
          expect(fuzzyScore(`${part}0`, text)).toBeNull();
        },
      ),
    );
  });
});
