/** What the daemon looks at and ranks by, in words that hold for every rule and for groups of slabs. */
import type { ReclaimAccount } from '../../worker/protocol.ts';
import { plural } from '../words.ts';

const RANKS: Readonly<Record<ReclaimAccount['rule'], string>> = {
  'most-clean': 'ranks them by clean file pages',
  'best-of-all': 'ranks them by clean file pages',
  'fewest-objects': 'ranks them by pages in use, fewest first',
  cheapest: 'ranks them by what emptying them would cost',
  'lru-oldest': 'ranks them by how long ago their pages were touched',
  first: 'takes the first',
  random: 'takes any of them',
};

/** Which caches the slabs belong to: those of dentries come after those of user pages, and only then. */
function cachesOf({ cache, choice, groups }: ReclaimAccount): string {
  if (groups > 0 || cache === '') return '';
  return cache === 'order0-kreclaim' && choice !== null
    ? ' of order0-user, then of order0-kreclaim'
    : ` of ${cache}`;
}

/** `The daemon looks at 8 slabs of order0-user and ranks them by clean file pages.` */
export function scanText(account: ReclaimAccount): string {
  const { groups, scan, rule } = account;
  if (groups > 0) {
    const looked = plural(groups, 'aligned group');
    return `The daemon looks at ${looked} of neighbouring slabs and ranks them by pages that need no writing.`;
  }
  return `The daemon looks at ${plural(scan.length, 'slab')}${cachesOf(account)} and ${RANKS[rule]}.`;
}

/** Looked at so far, as the headline has it while the scan goes on. */
export function choosingText({ groups, scan, maxDefragScan }: ReclaimAccount): string {
  return groups > 0
    ? `Choosing a group of slabs: ${groups} of ${maxDefragScan} looked at.`
    : `Choosing a slab: ${scan.length} of ${maxDefragScan} looked at.`;
}

/** Slabs in the order the rule prefers them, as far as they show it; else as they were met. */
export function ranked({ scan, rule }: ReclaimAccount): ReclaimAccount['scan'] {
  if (rule === 'fewest-objects') return [...scan].sort((a, b) => a.inUse - b.inUse);
  return rule === 'most-clean' || rule === 'best-of-all' ? [...scan].sort((a, b) => b.clean - a.clean) : scan;
}
