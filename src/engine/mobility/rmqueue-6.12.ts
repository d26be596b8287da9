/** Taking blocks by migratetype in Linux 6.12 mm/page_alloc.c: __rmqueue. */
import { NONE, type Order, type Pfn, type ZoneIndex } from '../../base/units.ts';
import type { Machine } from '../machine.ts';
import { fallBack2624 } from './fallback-2.6.24.ts';
import { fallBack612 } from './fallback-6.12.ts';
import { ALLOC } from './marks-6.12.ts';
import { smallest } from './typed-buddy.ts';

/**
 * Takes 2^order pages for a type: from its own lists, else from another type's. NONE when the zone has no such block.
 * @param flags of {@link ALLOC}
 */
export function rmqueue612(m: Machine, zone: ZoneIndex, order: Order, type: number, flags = 0): Pfn {
  const own = smallest(m, zone, order, type);
  if (own !== NONE) return own;
  if (m.config.policy.fallback === 'linux-2.6.24') return fallBack2624(m, zone, order, type);
  return fallBack612(m, zone, order, type, (flags & ALLOC.noFragment) !== 0);
}
