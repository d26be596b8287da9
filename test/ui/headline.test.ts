import { describe, expect, it } from 'vitest';
import { evictions, forNothing, headlineOf, situationOf } from '../../src/ui/headline/headline.ts';
import type { FrameDetail, Position } from '../../src/worker/protocol.ts';
import { account, FAILED, frameAt, opened, RECLAIMED, RECLAIMING, SERVED } from './fixtures/moments.ts';

const detailAt = (at: Position): FrameDetail => frameAt(at).full!;
const textOf = (detail: FrameDetail | null, withAccount = true) =>
  headlineOf(opened(), detail, withAccount ? account('discarded') : null)
    .parts.map(({ text }) => text)
    .join('');

describe('the headline', () => {
  it('counts the share of memory that is free and names what failed', () => {
    expect(textOf(detailAt(FAILED))).toBe(
      '40 % of memory is free. A request for 32 pages in a row has just failed.',
    );
  });

  it('follows the figures of the moment', () => {
    const detail = detailAt(FAILED);
    const pages = { ...detail.summary.pages, free: 80, slabIdle: 20 };
    const failed = { ...detail.failed!, order: 3 };
    expect(textOf({ ...detail, summary: { ...detail.summary, pages }, failed })).toBe(
      '10 % of memory is free. A request for 8 pages in a row has just failed.',
    );
  });

  it('counts the pages of the slab that are gone', () => {
    expect(textOf(detailAt(RECLAIMING))).toBe('Emptying the slab at 0x2c0: 13 of 21 pages gone.');
  });

  it('says what a block cost', () => {
    expect(textOf(detailAt(RECLAIMED))).toBe('The slab at 0x2c0 is empty. It took 41 evictions.');
    expect(textOf(detailAt(SERVED))).toBe('Order 5 served at 0x2c0. It took 41 evictions.');
    expect(headlineOf(opened(), detailAt(SERVED), account('discarded')).lede).toBe(
      '20 of the 41 bought nothing.',
    );
  });

  it('claims no evictions for a request that needed none', () => {
    const detail = { ...detailAt(SERVED), reclaim: null };
    expect(textOf(detail, false)).toBe('Order 5 served at 0x2c0.');
  });

  it('says the largest block where nothing happened', () => {
    const detail = { ...detailAt(FAILED), failed: null };
    expect(situationOf(opened(), detail)).toBe('plain');
    expect(textOf(detail)).toBe('40 % of memory is free. The largest free block is order 4: 16 pages.');
  });

  it('has something to say before anything has run', () => {
    expect(headlineOf(null, null, null).parts[0]?.text).toBe('Nothing has run yet.');
  });
});

describe('what a reclaim took', () => {
  it('is dropped, written, swapped and cleared pages, lost slabs included', () => {
    expect(evictions(account('discarded'))).toBe(41);
    expect(forNothing(account('discarded'))).toBe(20);
  });
});
