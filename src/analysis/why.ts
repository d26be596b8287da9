/**
 * Why a request for 2^order contiguous pages fails, asked of the machine as it stands: the reason tree of
 * __alloc_pages (Linux 2.6.9) and what every aligned window would cost to empty.
 */
import { count, duration, hex, plural } from '../base/text.ts';
import { freeByOrder, largestFreeOrder } from '../engine/buddy.ts';
import { GFP_MASKS } from '../engine/gfp.ts';
import { type Machine, Z } from '../engine/machine.ts';
import { hasRoom, RETRY_ORDER, wouldPass } from '../engine/pass.ts';
import { policyOf } from '../engine/policy/table.ts';
import { discountedMin, zoneField, zonelist } from '../engine/zone.ts';
import { indexWords } from './index-words.ts';
import { fragmentationIndexFor, unusableFreeIndex } from './indices.ts';
import type { WhyAnswer, WhyReport, WhyWindow } from './why-report.ts';
import { surveyWindows, windowName, windowsOf } from './windows.ts';

/** What just happened, where the question is about a request that has been made. */
export interface AskedRequest {
  readonly gfp: number;
  /** Pages direct reclaim freed for it, and how many windows they lay in. */
  readonly reclaimed: number;
  readonly windowsTouched: number;
}

/** The report for a request of `order` (GFP_KERNEL unless `asked` says otherwise) at the machine's present state. */
export function explainOrder(m: Machine, order: number, step: number, asked?: AskedRequest): WhyReport {
  const { spread: _, ...report } = explainInShort(m, order, step, asked);
  return { ...report, windows: windowsOf(m, order) };
}

/** The same with the windows counted instead of listed: a large machine has tens of thousands. */
export function explainInShort(m: Machine, order: number, step: number, asked?: AskedRequest): WhyReport {
  const gfp = asked?.gfp ?? GFP_MASKS.kernel;
  const zones = zonelist(m.config, gfp);
  const { count, cheapest, emptiable, blockedBy, spread } = surveyWindows(m, order);
  const attempt = { policy: policyOf(m), zones, order, gfp };
  const fits = zones.filter((z) => hasRoom(m, attempt, z, 'min'));
  const largest = Math.max(-1, ...zones.map((z) => largestFreeOrder(m, z)));
  const would = zones.some((z) => wouldPass(m, attempt, z, 'min'));
  const all = sumOrders(m);
  const fragIndex = fragmentationIndexFor(all, order);
  return {
    order,
    step,
    reason:
      zones.length === 0
        ? `order ${order} fails: no zone of this machine may serve it`
        : reasonSentence(order, would, fits.length > 0, largest),
    wouldSucceed: would,
    tree: tree(m, {
      order,
      gfp,
      zones,
      fits,
      largest,
      windows: count,
      cheapest,
      emptiable,
      would,
      ...(asked ? { asked } : {}),
    }),
    windows: [],
    spread,
    emptiable,
    blockedBy,
    cheapest,
    unusableIndex: unusableFreeIndex(all, order),
    fragIndex,
    indexText: indexWords(fragIndex, fits.length > 0),
  };
}

interface Findings {
  readonly order: number;
  readonly gfp: number;
  readonly zones: readonly number[];
  /** Zones whose watermark a request would pass. */
  readonly fits: readonly number[];
  readonly largest: number;
  readonly windows: number;
  readonly cheapest: WhyWindow | null;
  readonly emptiable: number;
  readonly would: boolean;
  readonly asked?: AskedRequest;
}

function sumOrders(m: Machine): number[] {
  const rows = m.config.zones.map((_, z) => freeByOrder(m, z));
  return rows[0]!.map((_, order) => rows.reduce((sum, row) => sum + row[order]!, 0));
}

/** Why a request fails beside enough free pages and a block that is large enough. */
const NO_GROWTH = 'its cache is empty and cannot grow';
const FEW_LARGE = 'too little of what is free lies in large blocks for the min mark';

function reasonSentence(order: number, would: boolean, enough: boolean, largest: number): string {
  if (would) return `a request for order ${order} would be served`;
  if (!enough) return `order ${order} fails: free pages are below the min mark`;
  if (largest < 0) return `order ${order} fails: no page is free`;
  if (largest >= order) return `order ${order} fails: ${order === 0 ? NO_GROWTH : FEW_LARGE}`;
  return `order ${order} fails: largest free block is order ${largest}`;
}

function tree(m: Machine, f: Findings): WhyAnswer[] {
  if (f.zones.length === 0) return [noZone(m)];
  const answers = [enoughMemory(m, f), largeBlock(m, f)];
  if (f.would) return answers;
  if (f.fits.length > 0 && f.largest >= f.order) answers.push(f.order === 0 ? cacheGrows(m) : largeMark());
  if (f.asked) answers.push(reclaimHelped(f), retries(f));
  answers.push(emptiableWindows(f));
  return answers;
}

function noZone(m: Machine): WhyAnswer {
  const names = m.config.zones.map(({ name }) => name).join(', ');
  return {
    question: 'Is there a zone for it?',
    answer: 'No.',
    tone: 'no',
    detail: `The machine has ${names} only, and none of them is on the zonelist of the request's mask.`,
    fn: 'build_zonelists()',
  };
}

function enoughMemory(m: Machine, f: Findings): WhyAnswer {
  const zone = f.fits[0] ?? f.zones[0]!;
  const name = `ZONE_${m.config.zones[zone]!.name.toUpperCase()}`;
  const free = policyOf(m).freePages(m, zone, f.order, f.gfp);
  const mark =
    f.fits.length > 0 ? zoneField(m, zone, Z.low) : discountedMin(zoneField(m, zone, Z.min), f.gfp);
  const which = f.fits.length > 0 && free >= mark + (1 << f.order) ? 'low' : 'min';
  const shown = which === 'low' ? mark : discountedMin(zoneField(m, zone, Z.min), f.gfp);
  const isAbove = f.fits.length > 0;
  const missing = shown + (1 << f.order) - free;
  return {
    question: 'Is there enough memory?',
    answer: isAbove ? 'Yes.' : 'Not by the min mark.',
    tone: isAbove ? 'yes' : 'no',
    detail:
      `${name} has ${plural(free, 'free page')}. The ${which} mark asks for ${count(shown)}, plus the ${count(1 << f.order)} requested` +
      (isAbove || missing <= 0 ? '.' : `: ${count(missing)} too few.`),
    fn: '__alloc_pages()',
  };
}

function largeBlock(m: Machine, f: Findings): WhyAnswer {
  const isIdle = f.would && f.largest < f.order;
  const has = isIdle || f.zones.some((z) => largestFreeOrder(m, z) >= f.order);
  const detail = isIdle
    ? 'No page is on the free lists; its cache has idle ones.'
    : has
      ? `The largest free block is order ${f.largest}.`
      : f.largest < 0
        ? 'No page is on the free lists.'
        : f.largest === f.order - 1
          ? `The largest free block is order ${f.largest}, and no two order-${f.largest} blocks are buddies.`
          : `The largest free block is order ${f.largest}: ${plural(1 << f.largest, 'page')}.`;
  return {
    question: `Is there a block of order ${f.order} or more?`,
    answer: has ? 'Yes.' : 'No.',
    tone: has ? 'yes' : 'no',
    detail,
    fn: 'buffered_rmqueue() → __rmqueue()',
  };
}

/** A single page of the proposal comes from a cache alone where it may not be taken past its slabs. */
function cacheGrows(m: Machine): WhyAnswer {
  return {
    question: 'Can its cache grow?',
    answer: 'No.',
    tone: 'no',
    detail: `The cache has no idle page, and no block of order ${m.config.slabOrder} can be had above the mark for another slab.`,
    fn: 'cache_grow()',
  };
}

/** From 2.6.11 on each order has its share of the mark. */
function largeMark(): WhyAnswer {
  return {
    question: 'Do the large blocks hold enough?',
    answer: 'No.',
    tone: 'no',
    detail: 'The mark is halved for each order, and only blocks of that order and above count towards it.',
    fn: 'zone_watermark_ok()',
  };
}

function reclaimHelped(f: Findings): WhyAnswer {
  const { reclaimed, windowsTouched } = f.asked!;
  return {
    question: 'Did reclaim help?',
    answer: 'No.',
    tone: 'no',
    detail:
      reclaimed === 0
        ? 'Reclaim in LRU order found no page it could free.'
        : `${plural(reclaimed, 'page')} ${reclaimed === 1 ? 'was' : 'were'} freed in LRU order, from ${plural(windowsTouched, 'different window')}. None became empty.`,
    fn: 'try_to_free_pages()',
  };
}

function retries(f: Findings): WhyAnswer {
  const retry = f.order <= RETRY_ORDER;
  return {
    question: 'Will the kernel try again?',
    answer: retry ? 'It did.' : 'No.',
    tone: 'no',
    detail: retry
      ? `Up to order ${RETRY_ORDER} it retries after every round of reclaim.`
      : `It retries for ever up to order ${RETRY_ORDER}. Order ${f.order} fails.`,
    fn: `__alloc_pages(), order ${retry ? '<=' : '>'} ${RETRY_ORDER}`,
  };
}

function emptiableWindows(f: Findings): WhyAnswer {
  const c = f.cheapest;
  const parts: string[] = [];
  if (c) {
    if (c.drop) parts.push(`drop ${plural(c.drop, 'clean page')}`);
    if (c.write) parts.push(`write ${c.write}`);
    if (c.swap) parts.push(`swap ${c.swap}`);
  }
  return {
    question: 'Could any window be emptied?',
    answer: c ? `${count(f.emptiable)}.` : 'None.',
    tone: c ? 'open' : 'no',
    detail: c
      ? `The cheapest is the ${windowName(c)}: ${parts.join(', ') || 'all of it is free or idle'}. It costs ${duration(c.costNs!)} and touches ${plural(c.reclaimable, 'page')}.`
      : `Each of the ${count(f.windows)} windows holds a page that cannot go.`,
    fn: c ? hex(c.pfn) : '',
    ...(c ? { pfn: c.pfn } : {}),
  };
}
