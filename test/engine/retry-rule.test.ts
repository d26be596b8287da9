/** Who tries again after reclaim has not helped, 2.6.9 mm/page_alloc.c __alloc_pages: by order and by flags. */
import { expect, it } from 'vitest';
import { GFP, GFP_MASKS } from '../../src/engine/gfp.ts';
import { MAX_TRIES } from '../../src/engine/pass.ts';
import { apply, counter, only, plainMachine } from './support.ts';

/** A machine of kernel pages alone: nothing can be reclaimed, and nobody can be killed. */
function exhausted() {
  const m = plainMachine({ policyChange: { name: 'buddy-2.6' } });
  for (let id = 0; counter(m, 'requestsFailed') === 0; id++) {
    apply(m, { op: 'alloc', id, order: 0, gfp: GFP_MASKS.atomic, tag: 'kmalloc' });
  }
  return m;
}

it.each([
  ['order 3', 3, GFP_MASKS.kernel, MAX_TRIES],
  ['order 4', 4, GFP_MASKS.kernel, 1],
  ['order 3 with NORETRY', 3, GFP_MASKS.kernel | GFP.noRetry, 1],
  ['order 5 with REPEAT', 5, GFP_MASKS.kernel | GFP.repeat, MAX_TRIES],
  ['order 5 with NOFAIL', 5, GFP_MASKS.kernel | GFP.noFail, MAX_TRIES],
  ['order 0 that cannot wait', 0, GFP_MASKS.atomic, 0],
])('a request of %s', (_, order, gfp, tries) => {
  const m = exhausted();
  const events = apply(m, { op: 'alloc', id: 100_000, order, gfp, tag: 'kmalloc' });
  expect(only(events, 'directReclaimBegin')).toHaveLength(tries);
  expect(only(events, 'allocFailed')).toHaveLength(1);
});
