/** Blocks of the picture: what one points at, walks over with the keyboard and reads in the table. */
import { cellX, cellY, type Layout, pfnAt } from '../../render/layout.ts';
import {
  KIND,
  MOD,
  type PageRange,
  type PageView,
  shapeOrder,
  TAIL,
  TILE_ORDER,
} from '../../render/page-view.ts';
import { kindWord, pagesText, pfnText } from '../words.ts';

/** One shape of the grid: a free or allocated block, or a single page. */
export interface Block {
  readonly pfn: number;
  readonly order: number;
  readonly pages: number;
  readonly state: number;
}

function blockFrom(view: PageView, pfn: number): Block {
  const order = shapeOrder(view, pfn);
  return { pfn, order, pages: 1 << order, state: view.state[pfn] ?? KIND.hole };
}

/** The block that covers a page. */
export function blockAt(view: PageView, pfn: number): Block {
  const isTail = ((view.detail[pfn] ?? 0) & 15) === TAIL;
  if (isTail) {
    for (let order = 1; order <= TILE_ORDER; order++) {
      const head = pfn - (pfn % (1 << order));
      if (((view.detail[head] ?? TAIL) & 15) >= order && shapeOrder(view, head) >= order) {
        return blockFrom(view, head);
      }
    }
  }
  return blockFrom(view, pfn);
}

/** The block after or before a block; the same at the ends of memory. */
export function neighbour(view: PageView, block: Block, direction: 1 | -1): Block {
  const pfn = direction > 0 ? block.pfn + block.pages : block.pfn - 1;
  return pfn < 0 || pfn >= view.pages ? block : blockAt(view, pfn);
}

/** The block drawn above or below a block, gaps between zones and tiles skipped. */
export function vertical(view: PageView, layout: Layout, block: Block, direction: 1 | -1): Block {
  const { cell } = layout;
  const edge = direction > 0 ? block.pfn + block.pages - 1 : block.pfn;
  const x = cellX(layout, block.pfn) + cell / 2;
  const from = cellY(layout, edge) + cell / 2;
  const reach = layout.zoneGap + layout.tileGap + cell;
  for (let far = cell; far <= reach + cell; far += Math.max(1, cell / 2)) {
    const pfn = pfnAt(layout, x, from + direction * far);
    if (pfn === null) continue;
    const found = blockAt(view, pfn);
    if (found.pfn !== block.pfn) return found;
  }
  return block;
}

/** The buddy of a block of its order, as a range; null for what is no buddy block. */
export function buddyOf(view: PageView, block: Block): { pfn: number; pages: number } | null {
  const isFree = (block.state & 15) === KIND.free;
  const buddy = block.pfn ^ block.pages;
  return isFree && buddy + block.pages <= view.pages ? { pfn: buddy, pages: block.pages } : null;
}

/** Changed pages as they are drawn: those that went into a free block are that block, which is one shape. */
export function drawnChanges(view: PageView, changed: readonly PageRange[]): readonly PageRange[] {
  const drawn: { pfn: number; pages: number }[] = [];
  for (const range of changed) {
    const end = Math.min(range.pfn + range.pages, view.pages);
    for (let pfn = range.pfn; pfn < end; ) {
      const block = blockAt(view, pfn);
      const isFree = block.order > 0 && (block.state & 15) === KIND.free;
      const next = isFree ? block.pfn + block.pages : pfn + 1;
      const last = drawn.at(-1);
      if (isFree && last?.pfn !== block.pfn) drawn.push({ pfn: block.pfn, pages: block.pages });
      else if (!isFree && pfn > range.pfn && last !== undefined && last.pfn + last.pages === pfn)
        last.pages++;
      else if (!isFree) drawn.push({ pfn, pages: 1 });
      pfn = next;
    }
  }
  return drawn;
}

/** The blocks of the row of 32 pages around a page, for the keyboard's row of the grid. */
export function blocksOfRow(view: PageView, pfn: number): readonly Block[] {
  const start = pfn - (pfn % 32);
  const blocks = [blockAt(view, start)];
  for (;;) {
    const last = blocks.at(-1)!;
    const next = last.pfn + last.pages;
    if (next >= Math.min(start + 32, view.pages)) return blocks;
    blocks.push(blockFrom(view, next));
  }
}

/** A block in words: `0x2c0: clean file page, in a slab, mapped by 2`. */
export function describeBlock(view: PageView, block: Block): string {
  const kind = block.state & 15;
  const word = block.order > 0 && kind === KIND.free ? `free block of order ${block.order}` : kindWord(kind);
  const parts = [word];
  if (block.order > 0) parts.push(pagesText(block.pages));
  const maps = (view.detail[block.pfn] ?? 0) >> 4;
  if (maps > 0) parts.push(`mapped by ${maps === 15 ? '15 or more' : maps}`);
  if (block.state & MOD.pinned) parts.push('pinned');
  if (block.state & MOD.referenced) parts.push('referenced');
  if (block.state & MOD.stranded) parts.push('outside any slab');
  if (block.state & MOD.inSlab) {
    const slab = block.pfn - (block.pfn % (1 << view.slabOrder));
    parts.push(`slab ${pfnText(slab, view.pages)}`);
  }
  return `${pfnText(block.pfn, view.pages)}: ${parts.join(', ')}`;
}
