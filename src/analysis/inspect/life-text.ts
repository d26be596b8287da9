/** What an event means for one page frame, with the frame as the subject; the narration's sentence where that will do. */
import { hex, plural } from '../../base/text.ts';
import type { Pfn } from '../../base/units.ts';
import { PAGE } from '../../engine/frames.ts';
import type { Machine } from '../../engine/machine.ts';
import type { TraceEvent } from '../../engine/trace-event.ts';
import { narrateEvent } from '../narration/event.ts';
import { cacheWords, kindWords, reasonWords } from '../narration/words.ts';
import { freeBlockOf } from './block.ts';
import { contentWords, ownerOf } from './owner.ts';

type Telling = (e: TraceEvent, m: Machine, pfn: Pfn) => string;

const TELLINGS: Partial<Record<TraceEvent['type'], Telling>> = {
  pageAlloc: (e, m, pfn) => {
    const owner = ownerOf(m, pfn);
    // an anonymous page has its owner only once it is mapped
    return owner ? `Handed out: ${contentWords(m, pfn)}` : `Handed out as ${kindWords(e.b)}`;
  },
  pageFree: (e, m, pfn) => `Given back: it was ${kindWords(e.a)}${stayWords(e, m, pfn)}`,
  split: (e, m, pfn) => `Its free block is halved: ${blockWords(m, pfn, e)}`,
  merge: (e) => `Its free block merges with its buddy: order ${e.order} now`,
  listAdd: (e) => `In a free block of order ${e.order}, ${hex(e.pfn)}`,
  cacheGrow: (e) => `Its slab ${hex(e.pfn)} is cut from buddy: ${cacheWords(e.a)} grows`,
  slabDestroy: (e) => `Its slab ${hex(e.pfn)} goes back to buddy: it was empty`,
  slabDiscarded: (e) => `Its slab ${hex(e.pfn)} is emptied and discarded: ${plural(e.a, 'page')} evicted`,
  arrayRefill: (e) => `Waits in CPU ${e.cpu}'s array of ${cacheWords(e.a)}: one of ${e.b} moved`,
  arrayFlush: (e) => `Back in its slab: CPU ${e.cpu}'s array of ${cacheWords(e.a)} was full`,
  arraysDrained: (e) => `Back in its slab: the arrays of ${cacheWords(e.a)} are drained`,
  cacheReap: () => 'Back in its slab: cache_reap has emptied an unused array',
  pcpRefill: (e) => `Waits on CPU ${e.cpu}'s page list: one of ${e.a} moved`,
  pcpDrain: (e) => `Leaves CPU ${e.cpu}'s page list for buddy`,
  stranded: (e) => `Taken singly from buddy for ${cacheWords(e.a)}: no slab could be had`,
  scanSlab: (e) => `Its slab is looked at as a victim: ${plural(e.a, 'clean page')} of ${e.b} in use`,
  chooseSlab: (e) => `Its slab ${hex(e.pfn)} is chosen: ${plural(e.a, 'clean page')}`,
  unmap: (e) => `Unmapped: ${plural(e.a, 'PTE')} cleared through rmap`,
  drop: () => 'Evicted: nobody maps it, and its content is kept elsewhere',
  writePage: () => 'Dirty: written to its file before it goes',
  swapPage: (e) => `Written to swap slot ${e.a}: it has no file`,
  refuse: (e) => `Refuses to go: ${reasonWords(e.reason)}`,
  keep: (e) => `Looked at by LRU reclaim and kept: ${reasonWords(e.reason)}`,
  activate: (e) =>
    `Joins the active list: ${e.reason === 'none' ? 'it is used again' : reasonWords(e.reason)}`,
  access: (e) => `Used: page ${e.b} of file ${e.a}`,
};

/** A line about `pfn` for an event that concerns it, with the machine as it is just after the event. */
export function lifeText(
  e: TraceEvent,
  m: Machine,
  pfn: Pfn,
): { readonly text: string; readonly fn: string } {
  const { text, fn } = narrateEvent(e, m);
  return { text: TELLINGS[e.type]?.(e, m, pfn) ?? text, fn };
}

function stayWords(e: TraceEvent, m: Machine, pfn: Pfn): string {
  if (m.kind[pfn] === PAGE.slabParked) return `, now in CPU ${e.cpu}'s array`;
  if (m.kind[pfn] === PAGE.pcp) return `, now on CPU ${e.cpu}'s page list`;
  const block = freeBlockOf(m, pfn);
  return block ? `, now in a free block of order ${block.order}` : '';
}

function blockWords(m: Machine, pfn: Pfn, e: TraceEvent): string {
  return freeBlockOf(m, pfn)
    ? `it stays, order ${e.order}`
    : `it is in the half that is taken, order ${e.order}`;
}
