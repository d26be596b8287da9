/**
 * Where each page frame is as far as the trace has told: on the buddy lists, taken from them but not handed out
 * (per-CPU lists, slabs), or handed out. A trace that keeps to it can be replayed page by page.
 */
import type { Machine } from '../../../engine/machine.ts';

export const AT = { buddy: 0, aside: 1, live: 2 } as const;

/** One byte a page. */
export type PageMap = Uint8Array;

/** The map of a machine as it stands: what no free block covers counts as handed out. */
export function createPageMap(m: Machine): PageMap {
  const map = new Uint8Array(m.config.pages).fill(AT.live);
  const orders = m.config.maxOrder + 1;
  m.freeHead.forEach((head, list) => {
    let left = m.freeCount[list]!;
    for (let pfn = head; left > 0; pfn = m.next[pfn]!, left--) {
      map.fill(AT.buddy, pfn, pfn + (1 << (list % orders)));
    }
  });
  return map;
}

/** Whether any page of the block is at that place. */
export function anyAt(map: PageMap, pfn: number, order: number, place: number): boolean {
  const end = pfn + (1 << order);
  for (let p = pfn; p < end; p++) if (map[p] === place) return true;
  return false;
}

/** Puts the whole block there. */
export function putAt(map: PageMap, pfn: number, order: number, place: number): void {
  map.fill(place, pfn, pfn + (1 << order));
}

/** A block that was given to the buddy lists, before its merges. */
export interface GivenBlock {
  readonly pfn: number;
  readonly order: number;
}

/**
 * The block behind a listAdd event: what stands in it less the buddies it merged with.
 * @param first the first merge that led to it, or null where there was none
 */
export function givenBlock(
  added: GivenBlock,
  first: { readonly pfn: number; readonly order: number; readonly buddy: number } | null,
): GivenBlock {
  if (first === null) return added;
  const order = first.order - 1;
  return { pfn: first.buddy === first.pfn ? first.pfn + (1 << order) : first.pfn, order };
}
