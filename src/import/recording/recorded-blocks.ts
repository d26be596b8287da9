/** Which block of the recording each page belongs to, and logical numbers that are used again after a free. */
import type { Use } from './recorded-request.ts';

/** Logical numbers 0, 1, ...: the last one given back is taken first, so that `peak` stays the most ever held at once. */
export class IndexPool {
  peak = 0;
  private readonly free: number[] = [];

  take(): number {
    return this.free.pop() ?? this.peak++;
  }

  give(index: number): void {
    this.free.push(index);
  }
}

export interface Block {
  readonly pfn: number;
  readonly order: number;
  readonly use: Use;
  /** Page of its region or file, object, or allocation id. */
  readonly index: number;
  /** In use since before the recording. */
  readonly initial: boolean;
  /** Pages not freed yet. */
  held: number;
}

/** The live blocks by page. */
export class RecordedBlocks {
  /** Block number + 1 by page, 0: not held. */
  private readonly owner: Uint32Array;
  private readonly blocks: (Block | undefined)[] = [];
  private readonly rows = new IndexPool();

  constructor(pages: number) {
    this.owner = new Uint32Array(pages);
  }

  /** The block that holds the page. */
  at(pfn: number): Block | undefined {
    const row = this.owner[pfn]!;
    return row === 0 ? undefined : this.blocks[row - 1];
  }

  /** Pages held by all blocks. */
  heldPages(): number {
    return this.owner.reduce((n, row) => n + (row === 0 ? 0 : 1), 0);
  }

  add(block: Block): void {
    const row = this.rows.take();
    this.blocks[row] = block;
    this.owner.fill(row + 1, block.pfn, block.pfn + 2 ** block.order);
  }

  /** Lets one page of its block go; true when it was the block's last. */
  releasePage(pfn: number): boolean {
    const row = this.owner[pfn]! - 1;
    const block = this.blocks[row]!;
    this.owner[pfn] = 0;
    block.held--;
    if (block.held > 0) return false;
    this.forget(row);
    return true;
  }

  /** Lets all pages that a block still holds go. */
  releaseBlock(block: Block): void {
    for (let pfn = block.pfn; block.held > 0; pfn++) {
      if (this.at(pfn) === block) this.releasePage(pfn);
    }
  }

  private forget(row: number): void {
    this.blocks[row] = undefined;
    this.rows.give(row);
  }
}
