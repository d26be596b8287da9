/** What the page says first: one sentence about the situation, computed from the moment shown. */
import type { PolicyId } from '../../engine/config.ts';
import type { FrameDetail, Opened, ReclaimAccount } from '../../worker/protocol.ts';
import { choosingText, scanText } from '../free/scan-words.ts';
import { count, hex, memorySize, pagesText, percent, plural } from '../words.ts';

/** Which of the page's situations this is; the inspector and the buttons follow it. */
export type Situation = 'nothing' | 'recorded' | 'failed' | 'reclaiming' | 'reclaimed' | 'served' | 'plain';

/** A run of text, plain or emphasised. */
export interface Part {
  readonly text: string;
  readonly tone?: 'accent' | 'pfn';
}

export interface HeadlineText {
  readonly situation: Situation;
  readonly parts: readonly Part[];
  readonly lede: string;
}

/** Which situation a moment is. */
export function situationOf(opened: Opened | null, detail: FrameDetail | null): Situation {
  if (opened === null || detail === null) return 'nothing';
  if (detail.reclaim?.outcome === 'running') return 'reclaiming';
  if (detail.served !== null && detail.served.order > 0) return 'served';
  if (detail.reclaim !== null && detail.operation?.op === 'reclaimSlab') return 'reclaimed';
  if (detail.failed !== null) return 'failed';
  return opened.recording === null ? 'plain' : 'recorded';
}

/** Pages that hold nothing: in buddy lists, idle inside slabs, and waiting in per-CPU lists. */
export function emptyPages({ summary: { pages } }: FrameDetail): number {
  return pages.free + pages.slabIdle + pages.perCpu;
}

const freeShare = (detail: FrameDetail) => percent(emptyPages(detail), detail.summary.pages.total);

/** Pages of the victim that are gone, and that there were. */
export function progressOf(account: ReclaimAccount): { readonly gone: number; readonly all: number } {
  const { phases } = account;
  return { gone: phases.filter((page) => page.phase === 'dropped').length, all: phases.length };
}

/** Pages a reclaim evicted, over all slabs it tried. */
export const evictions = (account: ReclaimAccount) =>
  account.tries.reduce((sum, one) => sum + one.dropped + one.written + one.swapped + one.cleared, 0);

/** Evictions of slabs that were refused: they bought nothing. */
export const forNothing = (account: ReclaimAccount) =>
  evictions({ ...account, tries: account.tries.filter((one) => one.outcome === 'refused') });

function windowLede(opened: Opened, order: number): string {
  const pages = 1 << order;
  const isRow = opened.machine.pages <= 4096 && order === 5;
  return `One ${isRow ? 'row is one ' : ''}window ${isRow ? 'of' : 'is'} ${count(pages)} pages. An order-${order} block needs a whole ${isRow ? 'row' : 'window'} empty.`;
}

function failedText(opened: Opened, detail: FrameDetail): HeadlineText {
  const order = detail.failed?.order ?? 0;
  const pages = 1 << order;
  const wanted = pages === 1 ? 'one page' : `${count(pages)} pages in a row`;
  return {
    situation: 'failed',
    parts: [
      { text: `${freeShare(detail)} of memory is free. A request for ${wanted} has ` },
      { text: 'just failed.', tone: 'accent' },
    ],
    lede: windowLede(opened, order),
  };
}

function reclaimingText(account: ReclaimAccount): HeadlineText {
  const lede =
    'Each page is unmapped through rmap, then dropped, written or swapped. One refusal and the slab stays.';
  if (account.slabPfn === null) {
    return {
      situation: 'reclaiming',
      parts: [{ text: choosingText(account) }],
      lede: scanText(account),
    };
  }
  const { gone, all } = progressOf(account);
  return {
    situation: 'reclaiming',
    parts: [
      { text: 'Emptying the slab at ' },
      { text: hex(account.slabPfn), tone: 'pfn' },
      { text: `: ${count(gone)} of ${pagesText(all)} gone.` },
    ],
    lede,
  };
}

function reclaimedText(account: ReclaimAccount): HeadlineText {
  const lost = forNothing(account);
  const lede = lost > 0 ? `${count(lost)} of the ${count(evictions(account))} bought nothing.` : '';
  if (account.outcome !== 'discarded' || account.slabPfn === null) {
    return {
      situation: 'reclaimed',
      parts: [{ text: `No slab could be emptied. It took ${plural(evictions(account), 'eviction')}.` }],
      lede,
    };
  }
  return {
    situation: 'reclaimed',
    parts: [
      { text: 'The slab at ' },
      { text: hex(account.slabPfn), tone: 'pfn' },
      { text: ` is empty. It took ${plural(evictions(account), 'eviction')}.` },
    ],
    lede: lede || `${count(account.slabPages)} pages go back to the buddy lists.`,
  };
}

function servedText(detail: FrameDetail, account: ReclaimAccount | null): HeadlineText {
  const { order, pfn } = detail.served ?? { order: 0, pfn: 0 };
  const taken = account === null ? 0 : evictions(account);
  const lost = account === null ? 0 : forNothing(account);
  return {
    situation: 'served',
    parts: [
      { text: `Order ${order} served at ` },
      { text: hex(pfn), tone: 'pfn' },
      { text: taken > 0 ? `. It took ${plural(taken, 'eviction')}.` : '.' },
    ],
    lede: lost > 0 ? `${count(lost)} of the ${count(taken)} bought nothing.` : '',
  };
}

function plainText(detail: FrameDetail): HeadlineText {
  const { largestFreeOrder: largest } = detail.summary;
  const block =
    largest < 0
      ? 'No block is free.'
      : `The largest free block is order ${largest}: ${pagesText(1 << largest)}.`;
  return {
    situation: 'plain',
    parts: [{ text: `${freeShare(detail)} of memory is free. ${block}` }],
    lede: '',
  };
}

function recordedText(opened: Opened, detail: FrameDetail): HeadlineText {
  const { pages, largestFreeOrder: largest } = detail.summary;
  return {
    situation: 'recorded',
    parts: [
      {
        text: `${memorySize(opened.machine.pages)} replayed under ${opened.policy}: ${pagesText(pages.free)} free`,
      },
    ],
    lede: `${pagesText(opened.machine.pages)}. One tile is 1,024 pages. Largest free block: ${largest < 0 ? 'none' : `order ${largest}`}.`,
  };
}

/** The headline of a moment. `account`: the reclaim that led to a served request, where there was one. */
export function headlineOf(
  opened: Opened | null,
  detail: FrameDetail | null,
  account: ReclaimAccount | null,
): HeadlineText {
  const situation = situationOf(opened, detail);
  if (opened === null || detail === null) {
    return { situation: 'nothing', parts: [{ text: 'Nothing has run yet.' }], lede: '' };
  }
  if (situation === 'reclaiming' && detail.reclaim) return reclaimingText(detail.reclaim);
  if (situation === 'reclaimed' && detail.reclaim) return reclaimedText(detail.reclaim);
  if (situation === 'served') return servedText(detail, account);
  if (situation === 'failed') return failedText(opened, detail);
  return situation === 'recorded' ? recordedText(opened, detail) : plainText(detail);
}

/** The policy a recording is replayed under next: the one it is not replayed under now. */
export const otherPolicy = (opened: Opened | null): PolicyId =>
  opened?.policy === 'order0-slab' ? 'buddy-2.6' : 'order0-slab';
