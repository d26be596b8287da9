/**
 * A checker that follows the event stream alone, with sets, and objects to what could not be: a page given twice, a
 * page freed that nobody holds, a merge with a block that is not free, a slab that goes with a page still held.
 */
import { EV, type EventLog } from '../../src/engine/trace-event.ts';

export class ShadowChecker {
  /** Pages handed out and not given back since. */
  private readonly held = new Set<number>();
  /** Pages whose content reclaim has dropped; a slab keeps the frame, LRU reclaim frees it next. */
  private readonly dropped = new Set<number>();
  /** References that are no mappings, by page. */
  private readonly pins = new Map<number, number>();
  /** Pages of slabs. */
  private readonly inSlab = new Set<number>();
  private readonly pages: number;
  private readonly slabOrder: number;

  constructor(pages: number, slabOrder: number) {
    this.pages = pages;
    this.slabOrder = slabOrder;
  }

  /** The first event of one operation that could not be, or null. */
  follow(log: EventLog): string | null {
    const unsettled = new Set<number>();
    for (let i = 0; i < log.count; i++) {
      const wrong = this.event(log, i, unsettled);
      if (wrong !== null) return `event ${i}: ${wrong}`;
    }
    const [slab] = unsettled;
    return slab === undefined ? null : `a page of slab ${slab} was merged, but the slab was not destroyed`;
  }

  private event(log: EventLog, i: number, unsettled: Set<number>): string | null {
    const pfn = log.pfn[i]!;
    const order = log.order[i]!;
    switch (log.type[i]) {
      case EV.pageAlloc:
        return this.give(pfn, order);
      case EV.pageFree:
        return this.take(pfn, order);
      case EV.drop:
      case EV.clearObjects:
        if ((this.pins.get(pfn) ?? 0) > 0) return `page ${pfn} is dropped, but somebody has pinned it`;
        if (!this.held.delete(pfn)) return `page ${pfn} is dropped, but nobody holds it`;
        this.dropped.add(pfn);
        return null;
      case EV.movePage:
        return this.move(pfn, log.a[i]!);
      case EV.pin:
        this.pins.set(pfn, (this.pins.get(pfn) ?? 0) + 1);
        return null;
      case EV.unpin:
        this.pins.set(pfn, Math.max(0, (this.pins.get(pfn) ?? 0) - 1));
        return null;
      case EV.merge:
        return this.merge(pfn, order, log.a[i]!, unsettled);
      case EV.cacheGrow:
        return this.grow(pfn, order);
      case EV.slabDestroy:
        unsettled.delete(pfn >>> this.slabOrder);
        return this.destroy(pfn, order);
      default:
        return null;
    }
  }

  private give(pfn: number, order: number): string | null {
    for (let p = pfn; p < pfn + (1 << order); p++) {
      if (p >= this.pages) return `page ${p} is outside the machine`;
      if (this.held.has(p)) return `page ${p} is given twice`;
      if (order > 0 && this.inSlab.has(p)) return `page ${p} of a slab is given in a block of order ${order}`;
      this.held.add(p);
      this.pins.delete(p);
      this.dropped.delete(p);
    }
    return null;
  }

  private move(from: number, to: number): string | null {
    if ((this.pins.get(from) ?? 0) > 0) return `page ${from} is moved, but somebody has pinned it`;
    if (!this.held.delete(from)) return `page ${from} is moved, but nobody holds it`;
    if (this.held.has(to)) return `page ${from} is moved to page ${to}, which somebody holds`;
    this.dropped.add(from);
    return this.give(to, 0);
  }

  private take(pfn: number, order: number): string | null {
    for (let p = pfn; p < pfn + (1 << order); p++) {
      if (!this.held.delete(p) && !this.dropped.delete(p)) return `page ${p} is freed, but nobody holds it`;
    }
    return null;
  }

  private merge(head: number, order: number, buddy: number, unsettled: Set<number>): string | null {
    const half = 1 << (order - 1);
    if (head % (2 * half) !== 0 || (buddy !== head && buddy !== head + half))
      return `block ${buddy} is no half of block ${head} of order ${order}`;
    for (let p = buddy; p < buddy + half; p++) {
      if (this.held.has(p)) return `page ${p} is merged into block ${head}, but somebody holds it`;
      // a slab that goes page by page is merged before its end is told
      if (this.inSlab.has(p)) unsettled.add(p >>> this.slabOrder);
    }
    return null;
  }

  private grow(pfn: number, order: number): string | null {
    if (order !== this.slabOrder || pfn % (1 << order) !== 0)
      return `page ${pfn} is no slab of order ${order}`;
    for (let p = pfn; p < pfn + (1 << order); p++) {
      if (this.held.has(p) || this.inSlab.has(p)) return `page ${p} of a new slab is in use`;
      this.inSlab.add(p);
    }
    return null;
  }

  private destroy(pfn: number, order: number): string | null {
    for (let p = pfn; p < pfn + (1 << order); p++) {
      if (this.held.has(p)) return `slab ${pfn >>> order} goes, but somebody holds page ${p}`;
      if (!this.inSlab.delete(p)) return `page ${p} of a destroyed slab was in none`;
      this.dropped.delete(p);
    }
    return null;
  }
}
