import { describe, expect, it } from 'vitest';
import { type GfpFlags, parseGfp } from '../../src/kernel-text/gfp.ts';

/** The flags that are set, by name. */
function set(text: string): string[] {
  const flags: GfpFlags = parseGfp(text);
  return Object.entries(flags)
    .filter(([, value]) => value === true)
    .map(([name]) => name);
}

describe('gfp_flags', () => {
  it.each([
    ['GFP_KERNEL', ['io', 'fs']],
    ['GFP_KERNEL_ACCOUNT|__GFP_ZERO', ['zero', 'io', 'fs']],
    ['GFP_NOFS', ['io']],
    ['GFP_NOIO', []],
    ['GFP_ATOMIC', ['atomic']],
    ['GFP_NOWAIT|__GFP_NOWARN', ['atomic']],
    ['GFP_USER', ['user', 'io', 'fs']],
    ['GFP_HIGHUSER', ['user', 'highmem', 'io', 'fs']],
    [
      'GFP_HIGHUSER_MOVABLE|__GFP_COMP|__GFP_WRITE',
      ['user', 'movable', 'write', 'highmem', 'io', 'fs', 'comp'],
    ],
    [
      'GFP_NOFS|__GFP_HIGHMEM|__GFP_NOWARN|__GFP_NORETRY|__GFP_COMP|__GFP_HARDWALL|__GFP_MOVABLE',
      ['user', 'movable', 'highmem', 'io', 'noRetry', 'comp'],
    ],
    ['GFP_TRANSHUGE', ['user', 'movable', 'highmem', 'io', 'fs', 'comp']],
    ['GFP_TRANSHUGE_LIGHT', ['user', 'movable', 'highmem', 'atomic', 'io', 'fs', 'comp']],
    ['GFP_TEMPORARY', ['reclaimable', 'io', 'fs']],
    ['GFP_DMA', ['dma', 'atomic']],
    ['GFP_KERNEL|GFP_DMA32', ['dma32', 'io', 'fs']],
    ['GFP_KERNEL|__GFP_NOFAIL|__GFP_RECLAIMABLE', ['reclaimable', 'io', 'fs', 'noFail']],
  ])('%s', (text, expected) => {
    expect(set(text)).toEqual(expected);
    expect(parseGfp(text).unknown).toEqual([]);
  });

  it('takes the single flags of kernels up to 4.5, which print them as GFP_', () => {
    expect(set('GFP_WAIT|GFP_IO|GFP_COLD')).toEqual(['io', 'cold']);
    expect(set('__GFP_WAIT|__GFP_IO|__GFP_FS')).toEqual(['io', 'fs']);
  });

  it.each(['', 'none'])('"%s" says nothing, not even that the request may not sleep', (text) => {
    expect(set(text)).toEqual([]);
  });

  it.each([
    ['0x152c4a', 0x152c4a],
    ['1387594', 1387594],
    ['GFP_KERNEL|0x4000000', 0x4000000],
  ])('keeps the mask of %s', (text, mask) => {
    expect(parseGfp(text).mask).toBe(mask);
  });

  it('names what it does not know', () => {
    expect(parseGfp('GFP_KERNEL|__GFP_NEWER|GFP_HIGHUSER_MOV').unknown).toEqual([
      '__GFP_NEWER',
      'GFP_HIGHUSER_MOV',
    ]);
  });
});
