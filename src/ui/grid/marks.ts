/** What stands over the pages at a moment: phases, outlines, veil, label. */
import { type Marks, NO_MARKS, type OutlineStyle, type PageRange } from '../../render/page-view.ts';
import type { FrameDetail, ReclaimAccount } from '../../worker/protocol.ts';

/** More changes than this are a new picture, not a change. */
const MOST_CHANGES = 200;

type Outline = Marks['outlines'][number];

export interface MarksInput {
  readonly detail: FrameDetail | null;
  /** Whether the changes of the last step are still pointed at. */
  readonly showChanges: boolean;
  /** Ranges pointed at: the block, its buddy, a list's blocks, a window. */
  readonly hover: readonly PageRange[];
  readonly focus: PageRange | null;
  /** The selected page or block, and what belongs to it or was found. */
  readonly selected?: PageRange | null;
  readonly related?: readonly PageRange[];
  /** The tile under the lens. */
  readonly tile: PageRange | null;
  /** False where a frame of the page's own stands around the chosen window. */
  readonly outlineWindow: boolean;
}

function scanOutlines(account: ReclaimAccount): Outline[] {
  const styles: Readonly<Record<ReclaimAccount['scan'][number]['state'], OutlineStyle>> = {
    candidate: 'ink',
    refused: 'failed',
    now: 'accent',
    discarded: 'accent',
  };
  const pages = account.slabPages;
  const missed = missedSlab(account);
  return [
    ...(missed === null ? [] : [{ pfn: missed, pages, style: 'focus' as const }]),
    ...account.scan.map(({ pfn, state }) => ({ pfn, pages, style: styles[state] })),
  ];
}

/** The best of all slabs, where the scan did not look at it. */
function missedSlab({ choice, scan }: ReclaimAccount): number | null {
  const best = choice?.ofAll.pfn ?? null;
  return best === null || scan.some(({ pfn }) => pfn === best) ? null : best;
}

function phasesOf(account: ReclaimAccount): Marks['phases'] {
  return new Map(
    account.phases.filter(({ phase }) => phase !== 'waiting').map(({ pfn, phase }) => [pfn, phase] as const),
  );
}

/** The window the page points at: a failed request's cheapest. */
export function chosenWindow(detail: FrameDetail | null): PageRange | null {
  if (detail === null) return null;
  if (detail.served !== null && detail.served.order > 0) {
    return { pfn: detail.served.pfn, pages: 1 << detail.served.order };
  }
  const cheapest = detail.why.wouldSucceed || detail.failed === null ? null : detail.why.cheapest;
  return cheapest === null ? null : { pfn: cheapest.pfn, pages: 1 << cheapest.order };
}

export function marksOf(input: MarksInput, label: string): Marks {
  const { detail, showChanges, hover, focus, tile, outlineWindow } = input;
  const { selected = null, related = [] } = input;
  if (detail === null) return NO_MARKS;
  const account = detail.reclaim;
  const running = account?.outcome === 'running';
  const chosen = running ? null : chosenWindow(detail);
  const outlines: Outline[] = [
    ...(running && account ? scanOutlines(account) : []),
    ...(chosen !== null && outlineWindow ? [{ ...chosen, style: 'accent' as const }] : []),
    ...(tile ? [{ ...tile, style: 'accent' as const }] : []),
    ...related.map((range) => ({ ...range, style: 'ink' as const })),
    ...hover.map((range) => ({ ...range, style: 'hover' as const })),
    ...(focus ? [{ ...focus, style: 'focus' as const }] : []),
    ...(selected ? [{ ...selected, style: 'accent' as const }] : []),
  ];
  const fresh = showChanges && detail.changed.length <= MOST_CHANGES && !running ? detail.changed : [];
  const served = detail.served !== null && detail.served.order >= 3 ? detail.served : null;
  return {
    phases: running && account ? phasesOf(account) : NO_MARKS.phases,
    outlines,
    changed: fresh,
    dimExcept: running && account ? scanOutlines(account) : null,
    label: served && { pfn: served.pfn, pages: 1 << served.order, text: `order ${served.order}, ${label}` },
  };
}
