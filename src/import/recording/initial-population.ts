/** The pages that were in use before the recording began, as far as it or a snapshot tells of them. */
import { nextBelow, seedPrng } from '../../base/prng.ts';
import { type EventTable, EventType } from '../../kernel-text/event-table.ts';
import { KPF, type PageFlagRuns, runHas } from '../kpageflags.ts';
import { PageState, stateOfRun } from './page-state.ts';
import { type Classifier, USE, type Use } from './recorded-request.ts';

export interface InitialBlock {
  readonly pfn: number;
  readonly order: number;
  readonly use: Use;
}

export interface InitialPopulation {
  /** In the order they are allocated: shuffled by the seed. */
  readonly blocks: readonly InitialBlock[];
  /** Pages the recording frees without having allocated them. */
  readonly freedLater: number;
  /** Pages in use in the snapshot that the recording never frees. */
  readonly resident: number;
  /** Blocks whose use was drawn in the recording's own proportions. */
  readonly guessed: number;
}

/** What a page's first event says of its state before: nothing, free, or in use. */
const FIRST = { none: 0, wasFree: 1, wasUsed: 2 } as const;

/**
 * @param at row before which the flags were read; pages with an event before it follow that event
 * @param seed of the order and of guessed uses
 */
export function initialPopulation(
  table: EventTable,
  pages: number,
  classifier: Classifier,
  snapshot: { runs: PageFlagRuns; at: number } | null,
  seed: number,
): InitialPopulation {
  const finder = new Finder(table, pages, classifier, snapshot, seed);
  return finder.find();
}

class Finder {
  private readonly blocks: InitialBlock[] = [];
  private readonly rng = new Uint32Array(4);
  private readonly first: Uint8Array;
  /** {@link Use} + 1 of pages in use in the snapshot, 0: not in use, or no snapshot. */
  private readonly usedAs: Uint8Array;
  private readonly shares: number[];
  private guessed = 0;

  constructor(
    private readonly table: EventTable,
    private readonly pages: number,
    classifier: Classifier,
    private readonly snapshot: { runs: PageFlagRuns; at: number } | null,
    seed: number,
  ) {
    seedPrng(this.rng, seed, 'initial population');
    this.first = new Uint8Array(pages);
    this.usedAs = new Uint8Array(snapshot === null ? 0 : pages);
    if (snapshot !== null) fillUses(this.usedAs, snapshot.runs);
    this.shares = sharesOf(table, classifier);
  }

  find(): InitialPopulation {
    for (let row = 0; row < this.table.length; row++) this.look(row);
    const freedLater = this.countPages();
    if (this.snapshot !== null) this.addResidents(this.snapshot.runs);
    const resident = this.countPages() - freedLater;
    this.shuffle();
    return { blocks: this.blocks, freedLater, resident, guessed: this.guessed };
  }

  private countPages(): number {
    return this.blocks.reduce((n, block) => n + 2 ** block.order, 0);
  }

  private look(row: number): void {
    const type = this.table.type[row]!;
    const pfn = this.table.pfn[row]!;
    const order = this.table.order[row]!;
    const end = pfn + 2 ** order;
    if (end > this.pages) return;
    if (type === EventType.free) this.lookAtFree(row, pfn, end, order);
    else if (type === EventType.alloc || type === EventType.zoneLocked || type === EventType.pcpuDrain) {
      for (let p = pfn; p < end; p++) if (this.first[p] === FIRST.none) this.first[p] = FIRST.wasFree;
    }
  }

  private lookAtFree(row: number, pfn: number, end: number, order: number): void {
    const afterSnapshot = this.snapshot !== null && row >= this.snapshot.at;
    const old: number[] = [];
    for (let p = pfn; p < end; p++) {
      if (this.first[p] !== FIRST.none) continue;
      const was = afterSnapshot && this.usedAs[p] === 0 ? FIRST.wasFree : FIRST.wasUsed;
      this.first[p] = was;
      if (was === FIRST.wasUsed) old.push(p);
    }
    if (old.length === end - pfn && pfn % (end - pfn) === 0) this.add(pfn, order);
    else for (const p of old) this.add(p, 0);
  }

  private add(pfn: number, order: number): void {
    const known = this.usedAs[pfn] ?? 0;
    const use = order > 0 ? USE.kernel : known > 0 ? ((known - 1) as Use) : this.guess();
    this.blocks.push({ pfn, order, use });
  }

  private guess(): Use {
    this.guessed++;
    const total = this.shares.reduce((a, b) => a + b, 0);
    let draw = nextBelow(this.rng, Math.max(1, total));
    for (const use of [USE.anonymous, USE.cleanFile]) {
      draw -= this.shares[use]!;
      if (draw < 0 && total > 0) return use;
    }
    return USE.kernel;
  }

  /** Pages in use in the snapshot without any event; compound pages stay one block. */
  private addResidents(runs: PageFlagRuns): void {
    for (let i = 0; i < runs.length; i++) {
      const start = runs.firstPfn[i]!;
      const end = Math.min(start + runs.pages[i]!, this.pages);
      if (stateOfRun(runs, i) !== PageState.unknown || start >= end) continue;
      const order = compoundOrder(runs, i);
      const size = 2 ** order;
      if (order > 0 && start + size <= this.pages && this.untouched(start, start + size)) {
        this.add(start, order);
        this.first.fill(FIRST.wasUsed, start, start + size);
        continue;
      }
      for (let p = start; p < end; p++) {
        if (this.first[p] !== FIRST.none) continue;
        this.first[p] = FIRST.wasUsed;
        this.add(p, 0);
      }
    }
  }

  private untouched(start: number, end: number): boolean {
    for (let p = start; p < end; p++) if (this.first[p] !== FIRST.none) return false;
    return true;
  }

  private shuffle(): void {
    const { blocks } = this;
    for (let i = blocks.length - 1; i > 0; i--) {
      const j = nextBelow(this.rng, i + 1);
      const swapped = blocks[i]!;
      blocks[i] = blocks[j]!;
      blocks[j] = swapped;
    }
  }
}

/** Order of the compound page whose head is run `i`, from its tail pages in the next run; 0 for any other run. */
function compoundOrder(runs: PageFlagRuns, i: number): number {
  if (!runHas(runs, i, KPF.compoundHead) || runs.pages[i] !== 1 || i + 1 >= runs.length) return 0;
  if (!runHas(runs, i + 1, KPF.compoundTail) || runs.firstPfn[i + 1] !== runs.firstPfn[i]! + 1) return 0;
  const size = 1 + runs.pages[i + 1]!;
  const order = 31 - Math.clz32(size);
  return size === 2 ** order && runs.firstPfn[i]! % size === 0 ? order : 0;
}

function fillUses(usedAs: Uint8Array, runs: PageFlagRuns): void {
  for (let i = 0; i < runs.length; i++) {
    if (stateOfRun(runs, i) !== PageState.unknown) continue;
    usedAs.fill(useOfRun(runs, i) + 1, runs.firstPfn[i]!, runs.firstPfn[i]! + runs.pages[i]!);
  }
}

/** Swap-backed pages (tmpfs among them) can be swapped as anonymous ones; what is off the LRU or unevictable is the kernel's. */
function useOfRun(runs: PageFlagRuns, i: number): Use {
  const has = (bit: number): boolean => runHas(runs, i, bit);
  if (!has(KPF.lru) || has(KPF.unevictable) || has(KPF.slab)) return USE.kernel;
  if (has(KPF.anon) || has(KPF.swapBacked)) return USE.anonymous;
  return has(KPF.dirty) ? USE.dirtyFile : USE.cleanFile;
}

/** Order-0 allocations of the recording that are anonymous, and that are file pages, and the kernel's, by {@link Use}. */
function sharesOf(table: EventTable, classifier: Classifier): number[] {
  const shares = [0, 0, 0, 0, 0];
  for (let row = 0; row < table.length; row++) {
    if (table.type[row] !== EventType.alloc || table.order[row] !== 0) continue;
    const { use } = classifier(row);
    shares[use === USE.dirtyFile ? USE.cleanFile : use]!++;
  }
  return shares;
}
