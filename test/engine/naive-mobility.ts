/**
 * A second, obvious model of buddy lists by migratetype and of what falls back to what: arrays and maps, every
 * question answered by looking at everything. It shares no code with the engine and decides everything again, for
 * Linux 2.6.24 and 6.12.
 */

export type Version = '2.6.24' | '6.12';

interface Bounds {
  readonly start: number;
  readonly end: number;
}

interface Block {
  readonly pfn: number;
  readonly order: number;
}

/** What the model cannot know of a pageblock's allocated pages. */
export interface NaiveView {
  /** Pages from `first` on, `size` of them, that can move. */
  movable(first: number, size: number): number;
}

/** Types by name, so that neither version's numbers are taken for the other's. */
type Type = 'unmovable' | 'reclaimable' | 'movable' | 'aside';

const NUMBERS: Record<Version, readonly Type[]> = {
  '2.6.24': ['unmovable', 'reclaimable', 'movable', 'aside'],
  '6.12': ['unmovable', 'movable', 'reclaimable', 'aside'],
};

const FALLBACKS: Record<Type, readonly Type[]> = {
  unmovable: ['reclaimable', 'movable'],
  reclaimable: ['unmovable', 'movable'],
  movable: ['reclaimable', 'unmovable'],
  aside: [],
};

/** One zone. `lists[type][order]` holds the heads of free blocks, the one handed out next first. */
export class NaiveMobility {
  readonly lists: Record<Type, number[][]>;
  readonly blocks = new Map<number, Type>();
  private readonly version: Version;
  private readonly zone: Bounds;
  private readonly maxOrder: number;
  private readonly blockOrder: number;
  private readonly view: NaiveView;

  constructor(version: Version, zone: Bounds, maxOrder: number, blockOrder: number, view: NaiveView) {
    this.version = version;
    this.zone = zone;
    this.maxOrder = maxOrder;
    this.blockOrder = blockOrder;
    this.view = view;
    const empty = () => Array.from({ length: maxOrder + 1 }, () => [] as number[]);
    this.lists = { unmovable: empty(), reclaimable: empty(), movable: empty(), aside: empty() };
  }

  typeNumber(type: Type): number {
    return NUMBERS[this.version].indexOf(type);
  }

  typeOfNumber(n: number): Type {
    return NUMBERS[this.version][n]!;
  }

  private get size(): number {
    return 2 ** this.blockOrder;
  }

  private typeAt(pfn: number): Type {
    return this.blocks.get(Math.floor(pfn / this.size))!;
  }

  private setType(pfn: number, pages: number, type: Type): void {
    for (let p = pfn; p < pfn + pages; p += this.size) this.blocks.set(Math.floor(p / this.size), type);
  }

  /** The list a free block stands on, null when there is no such free block. */
  private listOf(pfn: number, order: number): Type | null {
    for (const type of NUMBERS[this.version]) if (this.lists[type][order]!.includes(pfn)) return type;
    return null;
  }

  private remove(pfn: number, order: number): void {
    const type = this.listOf(pfn, order)!;
    this.lists[type][order] = this.lists[type][order]!.filter((one) => one !== pfn);
  }

  free(pfn: number, order: number): void {
    const type = this.typeAt(pfn);
    let head = pfn;
    let k = order;
    for (; k < this.maxOrder; k++) {
      const buddy = Math.floor(head / 2 ** k) % 2 === 0 ? head + 2 ** k : head - 2 ** k;
      if (this.listOf(buddy, k) === null) break;
      this.remove(buddy, k);
      if (this.version === '6.12' && k >= this.blockOrder) this.setType(buddy, 2 ** k, type);
      head = Math.min(head, buddy);
    }
    const list = this.lists[type][k]!;
    if (this.version === '6.12' && this.mayMergeSoon(head, k)) list.push(head);
    else list.unshift(head);
  }

  /** Whether the block of twice the size would find its buddy free. */
  private mayMergeSoon(pfn: number, order: number): boolean {
    if (order > this.maxOrder - 2) return false;
    const pair = 2 ** (order + 1);
    const above = pfn - (pfn % pair);
    const buddy = Math.floor(above / pair) % 2 === 0 ? above + pair : above - pair;
    return this.listOf(buddy, order + 1) !== null;
  }

  private smallest(order: number, type: Type): number | null {
    for (let k = order; k <= this.maxOrder; k++) {
      const pfn = this.lists[type][k]![0];
      if (pfn !== undefined) return this.cut({ pfn, order: k }, order, type);
    }
    return null;
  }

  /** Takes a whole block and gives its upper halves to a type's lists, the largest first. */
  private cut(block: Block, order: number, rest: Type): number {
    this.remove(block.pfn, block.order);
    for (let k = block.order - 1; k >= order; k--) this.lists[rest][k]!.unshift(block.pfn + 2 ** k);
    return block.pfn;
  }

  /** PFN, or null when the zone has none. */
  alloc(order: number, asker: number): number | null {
    const type = this.typeOfNumber(asker);
    const own = this.smallest(order, type);
    if (own !== null) return own;
    if (this.version === '6.12') return this.fallBackToday(order, type);
    return this.fallBackThen(order, type) ?? this.smallest(order, 'aside');
  }

  private firstOther(order: number, type: Type): Type | null {
    return FALLBACKS[type].find((other) => this.lists[other][order]!.length > 0) ?? null;
  }

  /** Moves the free blocks that begin in a pageblock to a type's lists; pages moved. */
  private moveAll(first: number, type: Type): number {
    let pages = 0;
    for (let pfn = first; pfn < first + this.size; pfn++) {
      for (let k = 0; k <= this.maxOrder; k++) {
        if (this.listOf(pfn, k) === null) continue;
        if (k > this.blockOrder + 1) continue;
        this.remove(pfn, k);
        this.lists[type][k]!.unshift(pfn);
        pages += 2 ** k;
      }
    }
    return pages;
  }

  /** Halves a block that is more than two pageblocks long, unless more is asked for; its order then. */
  private scale(pfn: number, order: number, asked: number, list: Type): number {
    if (asked > this.blockOrder + 1) return order;
    let k = order;
    while (k > this.blockOrder + 1) {
      this.remove(pfn, k);
      k--;
      this.lists[list][k]!.unshift(pfn + 2 ** k);
      this.lists[list][k]!.unshift(pfn);
    }
    return k;
  }

  private fallBackThen(order: number, type: Type): number | null {
    for (let found = this.maxOrder; found >= order; found--) {
      const other = this.firstOther(found, type);
      if (other === null) continue;
      const pfn = this.lists[other][found]![0]!;
      const k = this.scale(pfn, found, order, other);
      const first = pfn - (pfn % this.size);
      let rest = other;
      if (k >= Math.floor(this.blockOrder / 2) || type === 'reclaimable') {
        const inside = first + this.size <= this.zone.end;
        const moved = inside ? this.moveAll(first, type) : 0;
        if (moved >= this.size / 2) this.setType(pfn, 1, type);
        rest = type;
      }
      if (k === this.blockOrder) this.setType(pfn, 1, type);
      return this.cut({ pfn, order: k }, order, rest);
    }
    return null;
  }

  private fallBackToday(order: number, type: Type): number | null {
    const can = (k: number) => k >= Math.floor(this.blockOrder / 2) || type !== 'movable';
    for (let k = this.maxOrder; k >= order; k--) {
      const other = this.firstOther(k, type);
      if (other === null) continue;
      let found = k;
      if (!can(k) && k > order) found = this.smallestOther(order, type);
      const from = this.firstOther(found, type)!;
      const pfn = this.lists[from][found]![0]!;
      return this.steal({ pfn, order: this.scale(pfn, found, order, from) }, order, type, can(k));
    }
    return null;
  }

  private smallestOther(order: number, type: Type): number {
    let k = order;
    while (this.firstOther(k, type) === null) k++;
    return k;
  }

  private steal(block: Block, order: number, type: Type, can: boolean): number {
    const home = this.typeAt(block.pfn);
    if (block.order >= this.blockOrder) {
      this.setType(block.pfn, 2 ** block.order, type);
      return this.cut(block, order, type);
    }
    const first = block.pfn - (block.pfn % this.size);
    const inside = first >= this.zone.start && first + this.size <= this.zone.end;
    if (!can || !inside) return this.cut(block, order, home);
    const free = this.freeIn(first);
    const movable = this.view.movable(first, this.size);
    let alike = 0;
    if (type === 'movable') alike = movable;
    else if (home === 'movable') alike = this.size - free - movable;
    if (free + alike < this.size / 2) return this.cut(block, order, home);
    this.moveAll(first, type);
    this.setType(first, 1, type);
    return this.smallest(order, type)!;
  }

  private freeIn(first: number): number {
    let pages = 0;
    for (let pfn = first; pfn < first + this.size; pfn++)
      for (let k = 0; k < this.blockOrder; k++) if (this.listOf(pfn, k) !== null) pages += 2 ** k;
    return pages;
  }
}
