/**
 * Frames for a read: the largest folio that fits the file and what is cached of it, else smaller ones (page_cache_ra_order
 * and __filemap_get_folio, Linux 6.12 mm/readahead.c and mm/filemap.c). Requests that may fall back say so with
 * __GFP_NORETRY, as readahead does; where nothing smaller will do, the request is like any other of its order.
 */
import { NONE, type Order, type Pfn } from '../../base/units.ts';
import { allocPages } from '../alloc-path.ts';
import { C } from '../counters.ts';
import { PAGE } from '../frames.ts';
import { GFP } from '../gfp.ts';
import { bump, type Machine } from '../machine.ts';
import { EV, emit } from '../trace-event.ts';
import { evictionMark, settleForNothing } from './evicted.ts';
import { findFilePage } from './page-cache.ts';

/** The largest order up to the machine's whose aligned run lies in the file and has no page cached yet. */
function fittingOrder(m: Machine, file: number, page: number): Order {
  for (let k = m.config.pageCache!.order; k > 0; k--) {
    const first = page - (page % (1 << k));
    if (first + (1 << k) > m.filePages[file]!) continue;
    let isFree = true;
    for (let i = first; i < first + (1 << k) && isFree; i++) isFree = findFilePage(m, file, i) < 0;
    if (isFree) return k;
  }
  return 0;
}

function request(m: Machine, file: number, page: number, order: Order, gfp: number): Pfn {
  const from = evictionMark(m);
  const index = page - (page % (1 << order));
  const pfn = allocPages(m, { order, gfp, kind: PAGE.file, owner: file, index });
  if (order > 0) settleForNothing(m, from, pfn, order);
  return pfn;
}

/**
 * Takes frames for the folio that is to hold a file's page, which is not cached.
 * @returns its first page, painted and in no cache or list yet; NONE when no frame can be had
 */
export function allocFolio(m: Machine, file: number, page: number, gfp: number): Pfn {
  const wanted = fittingOrder(m, file, page);
  if (wanted === 0) return request(m, file, page, 0, gfp);
  const { fallback } = m.config.pageCache!;
  bump(m, C.foliosRequested);
  for (let order = wanted; ; order = fallback === 'smaller' ? order - 1 : 0) {
    const quiet = order > 0 && fallback !== 'fail' ? GFP.noRetry | GFP.noWarn : 0;
    const pfn = request(m, file, page, order, gfp | quiet);
    if (pfn !== NONE) {
      bump(m, order === wanted ? C.foliosServed : C.foliosFellBack);
      emit(m, EV.readFolio, order, pfn, file, wanted);
      return pfn;
    }
    if (order === 0 || fallback === 'fail') return NONE;
  }
}
