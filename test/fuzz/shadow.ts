/**
 * A checker that follows the event stream alone, with sets and maps, and objects to what could not be: a page given
 * twice, a page freed that nobody holds, a merge of blocks that are not free buddies, a move onto a used page, a slab
 * that goes with a page still held. It knows no policy: whatever hands out, takes, moves or merges is followed.
 *
 * What the stream does not tell (which page table entries are gone) is looked up in the page tables themselves at
 * the moment a page is discarded: see {@link ShadowChecker.listen}.
 */
import { freeListPfns } from '../../src/engine/buddy.ts';
import type { Machine } from '../../src/engine/machine.ts';
import { EV, type EventLog } from '../../src/engine/trace-event.ts';
import { isPresent, PTE_VALUE } from '../../src/engine/user/pte.ts';

/** Events after which no page table entry may name the page they are about. */
const DISCARDS: ReadonlySet<number> = new Set([EV.drop, EV.movePage, EV.pageFree, EV.slabDiscarded]);

export class ShadowChecker {
  /** Pages handed out and not given back since. */
  private readonly held = new Set<number>();
  /** Pages whose content reclaim has dropped; a slab keeps the frame, LRU reclaim frees it next. */
  private readonly dropped = new Set<number>();
  /** References that are no mappings, by page. */
  private readonly pins = new Map<number, number>();
  /** Pages of slabs. */
  private readonly inSlab = new Set<number>();
  /**
   * Orders of the blocks on buddy's lists by their heads; null when it is not known what was free at the start. Pages
   * that a per-CPU list takes leave without an event of their own, so an entry of order 0 may be out of date.
   */
  private blocks: Map<number, number> | null = null;
  /** The block being freed, once it has merged; pages on the lists of which it is still to be told that they are freed. */
  private freed: { readonly pfn: number; readonly order: number } | null = null;
  private readonly owed = new Set<number>();
  /** What {@link listen} met in the operation under way. */
  private heard: string | null = null;
  private readonly pages: number;
  private readonly slabOrder: number;

  constructor(pages: number, slabOrder: number) {
    this.pages = pages;
    this.slabOrder = slabOrder;
  }

  /** A checker of a machine that has just booted; it records its events from here on. */
  static of(m: Machine): ShadowChecker {
    const checker = new ShadowChecker(m.config.pages, m.config.slabOrder);
    checker.blocks = new Map();
    for (let zone = 0; zone < m.config.zones.length; zone++) {
      for (let order = 0; order <= m.config.maxOrder; order++) {
        for (const pfn of freeListPfns(m, zone, order, m.config.pages)) checker.blocks.set(pfn, order);
      }
    }
    checker.listen(m);
    return checker;
  }

  /** Has the page tables looked through, entry by entry, whenever a page is discarded. */
  listen(m: Machine): void {
    m.log.level = 1;
    m.log.heard = (i) => {
      if (this.heard !== null || !DISCARDS.has(m.log.type[i]!)) return;
      const first = m.log.pfn[i]!;
      const end =
        first + (m.log.type[i] === EV.movePage || m.log.type[i] === EV.drop ? 1 : 1 << m.log.order[i]!);
      const entry = m.pte.findIndex(
        (pte) => isPresent(pte) && (pte & PTE_VALUE) >= first && (pte & PTE_VALUE) < end,
      );
      if (entry >= 0)
        this.heard = `event ${i}: page ${m.pte[entry]! & PTE_VALUE} is discarded, but entry ${entry} maps it`;
    };
  }

  /** The first event of one operation that could not be, or null. */
  follow(log: EventLog): string | null {
    const unsettled = new Set<number>();
    const { heard } = this;
    this.heard = null;
    if (heard !== null) return heard;
    for (let i = 0; i < log.count; i++) {
      const wrong = this.event(log, i, unsettled);
      if (wrong !== null) return `event ${i}: ${wrong}`;
    }
    const [owed] = this.owed;
    this.owed.clear();
    if (owed !== undefined) return `page ${owed} joined a free list, but somebody holds it`;
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
      case EV.split:
        return this.split(pfn, order, log.a[i]!);
      case EV.listAdd:
        return this.join(pfn, order);
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
    this.blocks?.delete(pfn);
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
      this.owed.delete(p);
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
    this.freed ??= { pfn: buddy === head ? head + half : head, order: order - 1 };
    if (this.blocks === null) return null;
    const was = this.blocks.get(buddy);
    if (was !== order - 1)
      return `block ${buddy} is merged at order ${order - 1}, but is ${was === undefined ? 'not free' : `free at order ${was}`}`;
    this.blocks.delete(buddy);
    return null;
  }

  /** A free block is halved: `half` stays free, `kept` is halved again or handed out. */
  private split(half: number, order: number, kept: number): string | null {
    const size = 1 << order;
    if (kept % size !== 0 || half !== kept + size)
      return `block ${half} is no upper half of block ${kept} of order ${order}`;
    const held = this.firstHeld(kept, 2 * size);
    if (held >= 0) return `block ${kept} is split, but somebody holds page ${held}`;
    this.blocks?.delete(kept);
    this.blocks?.set(half, order);
    return null;
  }

  /** A block joins its list. Who held the part of it that is being freed is told after that, but told it must be. */
  private join(pfn: number, order: number): string | null {
    if (pfn % (1 << order) !== 0) return `block ${pfn} of order ${order} joins a list and is not aligned`;
    const freed = this.freed ?? { pfn, order };
    for (let p = freed.pfn; p < freed.pfn + (1 << freed.order); p++) if (this.held.has(p)) this.owed.add(p);
    this.freed = null;
    this.blocks?.set(pfn, order);
    return null;
  }

  private firstHeld(pfn: number, pages: number): number {
    for (let p = pfn; p < pfn + pages; p++) if (this.held.has(p)) return p;
    return -1;
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
