/**
 * A second, obvious model of buddy and of the three page caches: sets and arrays, everything recomputed from
 * scratch. It shares no code with the engine and decides everything again.
 */

interface Bounds {
  readonly start: number;
  readonly end: number;
}

/** One zone's buddy lists: arrays, the head first. */
export class NaiveBuddy {
  readonly lists: number[][];
  private readonly bounds: Bounds;
  private readonly maxOrder: number;

  constructor(bounds: Bounds, maxOrder: number) {
    this.bounds = bounds;
    this.maxOrder = maxOrder;
    this.lists = Array.from({ length: maxOrder + 1 }, () => []);
  }

  get freePages(): number {
    return this.lists.reduce((sum, list, order) => sum + list.length * 2 ** order, 0);
  }

  free(pfn: number, order: number): void {
    const size = 2 ** order;
    const buddy = Math.floor(pfn / size) % 2 === 0 ? pfn + size : pfn - size;
    const inside = buddy >= this.bounds.start && buddy + size <= this.bounds.end;
    if (order < this.maxOrder && inside && this.lists[order]!.includes(buddy)) {
      this.lists[order] = this.lists[order]!.filter((block) => block !== buddy);
      this.free(Math.min(pfn, buddy), order + 1);
    } else {
      this.lists[order]!.unshift(pfn);
    }
  }

  /** PFN, or null. */
  alloc(order: number): number | null {
    if (order > this.maxOrder) return null;
    const found = this.lists[order]!.shift();
    if (found !== undefined) return found;
    const block = this.alloc(order + 1);
    if (block === null) return null;
    this.lists[order]!.unshift(block + 2 ** order);
    return block;
  }
}

/** Sizes of the caches, as the engine's configuration names them. */
export interface NaiveSizes {
  readonly slabOrder: number;
  readonly cpus: number;
  readonly limit: number;
  readonly batchcount: number;
  readonly shared: number;
}

interface Slab {
  readonly first: number;
  /** Free pages, the one to be handed out first at the front. */
  chain: number[];
}

/** Descriptors of slabs: objects of a general cache, whose pages come from the zone that needed one. */
export class NaiveDescriptors {
  private readonly perPage: number;
  private slabs = 0;
  /** Pages, the newest last. */
  readonly pages: number[] = [];

  constructor(slabOrder: number) {
    let bytes = 1;
    while (bytes < 24 + 2 * 2 ** slabOrder) bytes *= 2;
    this.perPage = Math.max(1, Math.floor(4096 / bytes));
  }

  /** False when the zone has no page for one more. */
  add(buddy: NaiveBuddy): boolean {
    if (this.slabs === this.pages.length * this.perPage) {
      const page = buddy.alloc(0);
      if (page === null) return false;
      this.pages.push(page);
    }
    this.slabs++;
    return true;
  }

  remove(buddyOf: (pfn: number) => NaiveBuddy): void {
    this.slabs--;
    if (this.pages.length <= Math.ceil(this.slabs / this.perPage) + 1) return;
    const page = this.pages.pop()!;
    buddyOf(page).free(page, 0);
  }
}

/** One of the three caches of a zone. */
export class NaiveCache {
  partial: Slab[] = [];
  full: Slab[] = [];
  empty: Slab[] = [];
  /** Per CPU, the oldest page first. */
  readonly arrays: number[][];
  readonly touched: boolean[];
  shared: number[] = [];
  private sharedTouched = false;
  private emptyTouched = false;
  private reapsSeen = 0;
  private readonly sizes: NaiveSizes;
  private readonly buddy: NaiveBuddy;
  private readonly descriptors: NaiveDescriptors;
  private readonly buddyOf: (pfn: number) => NaiveBuddy;

  constructor(
    sizes: NaiveSizes,
    buddy: NaiveBuddy,
    descriptors: NaiveDescriptors,
    buddyOf: (pfn: number) => NaiveBuddy,
  ) {
    this.sizes = sizes;
    this.buddy = buddy;
    this.descriptors = descriptors;
    this.buddyOf = buddyOf;
    this.arrays = Array.from({ length: sizes.cpus }, () => []);
    this.touched = Array.from({ length: sizes.cpus }, () => false);
  }

  get slabPages(): number {
    return 2 ** this.sizes.slabOrder;
  }

  get freeObjects(): number {
    return [...this.partial, ...this.empty].reduce((sum, slab) => sum + slab.chain.length, 0);
  }

  get freeLimit(): number {
    return (1 + this.sizes.cpus) * this.sizes.batchcount + this.slabPages;
  }

  private get sharedRoom(): number {
    return (this.sizes.cpus > 1 ? this.sizes.shared : 0) - this.shared.length;
  }

  alloc(cpu: number, mark: number): number | null {
    const array = this.arrays[cpu]!;
    if (array.length === 0) {
      this.refill(cpu);
      if (array.length === 0 && this.grow(mark)) this.refill(cpu);
    }
    if (array.length === 0) return null;
    this.touched[cpu] = true;
    return array.pop()!;
  }

  private refill(cpu: number): void {
    const array = this.arrays[cpu]!;
    const want = this.touched[cpu] ? this.sizes.batchcount : Math.min(16, this.sizes.batchcount);
    if (this.shared.length > 0) {
      array.push(...this.shared.splice(Math.max(0, this.shared.length - want)));
      this.sharedTouched = true;
      return;
    }
    while (array.length < want) {
      let slab = this.partial.shift();
      if (!slab) {
        slab = this.empty.shift();
        if (!slab) return;
        this.emptyTouched = true;
      }
      array.push(...slab.chain.splice(0, want - array.length));
      (slab.chain.length === 0 ? this.full : this.partial).unshift(slab);
    }
  }

  private grow(mark: number): boolean {
    if (this.buddy.freePages < mark + this.slabPages) return false;
    const first = this.buddy.alloc(this.sizes.slabOrder);
    if (first === null) return false;
    if (!this.descriptors.add(this.buddy)) {
      this.buddy.free(first, this.sizes.slabOrder);
      return false;
    }
    this.empty.push({ first, chain: Array.from({ length: this.slabPages }, (_, i) => first + i) });
    return true;
  }

  free(cpu: number, pfn: number): void {
    const array = this.arrays[cpu]!;
    if (array.length === this.sizes.limit) {
      if (this.sharedRoom > 0)
        this.shared.push(...array.splice(0, Math.min(this.sizes.batchcount, this.sharedRoom)));
      else this.freeToSlabs(array.splice(0, this.sizes.batchcount));
    }
    array.push(pfn);
  }

  private freeToSlabs(pfns: readonly number[]): void {
    // free_objects is raised by all of them before the first is looked at (free_block)
    let freeObjects = this.freeObjects + pfns.length;
    for (const pfn of pfns) {
      const holds = (slab: Slab) => pfn >= slab.first && pfn < slab.first + this.slabPages;
      const slab = [...this.partial, ...this.full].find(holds)!;
      this.partial = this.partial.filter((other) => other !== slab);
      this.full = this.full.filter((other) => other !== slab);
      slab.chain.unshift(pfn);
      if (slab.chain.length < this.slabPages) {
        this.partial.push(slab);
      } else if (freeObjects > this.freeLimit) {
        freeObjects -= this.slabPages;
        this.destroy(slab);
      } else {
        this.empty.unshift(slab);
      }
    }
  }

  private destroy(slab: Slab): void {
    this.buddy.free(slab.first, this.sizes.slabOrder);
    this.descriptors.remove(this.buddyOf);
  }

  private destroyEmpty(n: number): void {
    for (const slab of this.empty.splice(0, n)) this.destroy(slab);
  }

  drain(): void {
    for (const array of this.arrays) this.freeToSlabs(array.splice(0));
    this.freeToSlabs(this.shared.splice(0));
  }

  reap(): void {
    this.arrays.forEach((array, cpu) => {
      if (this.touched[cpu]) this.touched[cpu] = false;
      else this.freeToSlabs(array.splice(0, shareOf(this.sizes.limit, array.length)));
    });
    this.reapsSeen++;
    if (this.reapsSeen % 2 === 1) return;
    if (this.sharedTouched) this.sharedTouched = false;
    else this.freeToSlabs(this.shared.splice(0, shareOf(this.sizes.shared, this.shared.length)));
    if (this.emptyTouched) this.emptyTouched = false;
    else this.destroyEmpty(Math.ceil(this.freeLimit / (5 * this.slabPages)));
  }

  trim(): void {
    while (this.freeObjects > this.freeLimit && this.empty.length > 0) this.destroyEmpty(1);
  }
}

/** What a reap takes of an array that holds `have`: a fifth of its limit, or half of what is there. */
function shareOf(limit: number, have: number): number {
  const fifth = Math.floor((limit + 4) / 5);
  return fifth > have ? Math.floor((have + 1) / 2) : fifth;
}

/** A zone's hot per-CPU lists of single pages under 2.6.9's own allocator. */
export class NaivePcp {
  /** Per CPU, the head first. */
  private readonly lists: number[][];
  private readonly buddy: NaiveBuddy;
  private readonly batch: number;

  constructor(buddy: NaiveBuddy, present: number, cpus: number) {
    this.buddy = buddy;
    this.batch = Math.max(1, Math.floor(Math.min(Math.floor(present / 1024), 64) / 4));
    this.lists = Array.from({ length: cpus }, () => []);
  }

  alloc(cpu: number): number | null {
    const list = this.lists[cpu]!;
    if (list.length <= 2 * this.batch) {
      for (let i = 0; i < this.batch; i++) {
        const pfn = this.buddy.alloc(0);
        if (pfn === null) break;
        list.push(pfn);
      }
    }
    return list.shift() ?? null;
  }

  free(cpu: number, pfn: number): void {
    const list = this.lists[cpu]!;
    if (list.length >= 6 * this.batch) for (let i = 0; i < this.batch; i++) this.buddy.free(list.pop()!, 0);
    list.unshift(pfn);
  }
}
