/**
 * A recording as a workload: what its kernel was asked, in the recorded order, as operations on logical things that
 * any policy can be given. Frees find their allocations by page; where the pages lie is the policy's own affair.
 */
import type { MachineConfig } from '../../engine/config.ts';
import { createOperationLog, type OperationLog } from '../../engine/operation.ts';
import { type EventTable, EventType, type EventTypeId } from '../../kernel-text/event-table.ts';
import type { PageFlagRuns } from '../kpageflags.ts';
import { type InitialPopulation, initialPopulation } from './initial-population.ts';
import { type Block, RecordedBlocks } from './recorded-blocks.ts';
import { type RecordedMachineOptions, recordedMachine } from './recorded-machine.ts';
import { type Classifier, createClassifier, type UserPages } from './recorded-request.ts';
import { WorkloadWriter } from './workload-writer.ts';

export interface WhatIfOptions extends RecordedMachineOptions {
  /** Pages of slab caches that can be told to shrink: one unreferenced object each, or one referenced. Default discardable. */
  reclaimablePages?: 'discardable' | 'pinned';
  /** How order-0 user pages are told apart. Default by-flags: __GFP_ZERO anonymous, else a file's. */
  userPages?: UserPages;
}

/** Where the events do not fit what is known of the pages. Each counts events, `splitFrees` blocks. */
export interface WhatIfConflicts {
  /** Allocations over a page that is still held: its free was lost, and the old block is freed first. */
  overlappingAllocs: number;
  /** Frees of a page that no allocation of the recording handed out: the next two together. */
  freesOfUnknown: number;
  /** ... of a page in use since before the recording: it is part of the initial population. */
  freesFromBefore: number;
  /** ... of a page that counted as free: a hidden allocation. Nothing is freed for it. */
  freesOfFreePages: number;
  failedAllocs: number;
  /** Allocations of a page that is reserved or absent in the simulated machine. */
  allocsOfHoles: number;
  /** Frees of a part of a block. */
  partialFrees: number;
  /** Blocks that came back in parts; each is freed with its last page. */
  splitFrees: number;
}

export interface WhatIf {
  readonly config: MachineConfig;
  readonly operations: OperationLog;
  /** Operations that set the scene: process, files, and the pages in use from before. */
  readonly prelude: number;
  /** Operations before the row's own, by row; the last entry is all of them. */
  readonly stepOfRow: Uint32Array;
  readonly used: number;
  /** Rows left aside, by reason. */
  readonly skipped: Record<string, number>;
  readonly conflicts: WhatIfConflicts;
  readonly initial: InitialPopulation;
  /** Pages the recording and what was there before hold at the end. */
  readonly heldPages: number;
  readonly assumptions: readonly string[];
}

const SKIP_REASON: Partial<Record<EventTypeId, string>> = {
  [EventType.freeBatched]: 'repeats an earlier free',
  [EventType.zoneLocked]: 'moves a page between lists: the policy does that itself',
  [EventType.pcpuDrain]: 'moves a page between lists: the policy does that itself',
  [EventType.extfrag]: 'tells of a fallback, moves no page',
  [EventType.marker]: 'marker',
  [EventType.other]: 'other event',
};
/** Highest order a request may have; beyond it the text is damaged. */
const HIGHEST_ORDER = 14;
/** Rows between two pauses. */
const STEP_ROWS = 20_000;

/** @throws RangeError when the recording's machine is too large to simulate */
export function createWhatIf(table: EventTable, options: WhatIfOptions = {}): WhatIf {
  const steps = whatIfSteps(table, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps: yields how many rows have become operations. */
export function* whatIfSteps(table: EventTable, options: WhatIfOptions = {}): Generator<number, WhatIf> {
  const { config, assumptions } = recordedMachine(table, options);
  const classifier = createClassifier(table, options.userPages);
  const flags = options.flags;
  const snapshot = flags === undefined ? null : { runs: flags.runs, at: Math.max(0, flags.at ?? 0) };
  const initial = initialPopulation(table, config.pages, classifier, snapshot, config.seed);
  yield 0;
  const conversion = new Conversion(table, config, classifier, options.reclaimablePages === 'pinned');
  conversion.populate(initial);
  for (let row = 0; row < table.length; row += STEP_ROWS) {
    conversion.convert(row, Math.min(row + STEP_ROWS, table.length));
    yield Math.min(row + STEP_ROWS, table.length);
  }
  return conversion.finish(initial, [
    ...assumptions,
    ...initialAssumptions(initial, snapshot?.runs ?? null),
    ...conversion.assumptions(options),
  ]);
}

class Conversion {
  private readonly writer: WorkloadWriter;
  private readonly blocks: RecordedBlocks;
  private readonly holes: Uint8Array;
  private readonly stepOfRow: Uint32Array;
  private populated = 0;
  private used = 0;
  private readonly skipped: Record<string, number> = {};
  private readonly conflicts: WhatIfConflicts = {
    overlappingAllocs: 0,
    freesOfUnknown: 0,
    freesFromBefore: 0,
    freesOfFreePages: 0,
    failedAllocs: 0,
    allocsOfHoles: 0,
    partialFrees: 0,
    splitFrees: 0,
  };

  constructor(
    private readonly table: EventTable,
    private readonly config: MachineConfig,
    private readonly classifier: Classifier,
    pinned: boolean,
  ) {
    this.writer = new WorkloadWriter(pinned);
    this.blocks = new RecordedBlocks(config.pages);
    this.stepOfRow = new Uint32Array(table.length + 1);
    this.holes = new Uint8Array(config.pages);
    for (const { start, pages } of config.boot) this.holes.fill(1, start, start + pages);
  }

  populate(initial: InitialPopulation): void {
    for (const { pfn, order, use } of initial.blocks) {
      const index = this.writer.allocInitial(use, order);
      this.blocks.add({ pfn, order, use, index, initial: true, held: 2 ** order });
    }
    this.populated = this.writer.length;
  }

  convert(from: number, to: number): void {
    const { table } = this;
    for (let row = from; row < to; row++) {
      this.stepOfRow[row] = this.writer.length;
      this.writer.at(timeOf(table, row), table.cpu[row]! % this.config.cpus);
      const reason = this.apply(row);
      if (reason === null) this.used++;
      else this.skipped[reason] = (this.skipped[reason] ?? 0) + 1;
    }
  }

  finish(initial: InitialPopulation, assumptions: readonly string[]): WhatIf {
    this.stepOfRow[this.table.length] = this.writer.length;
    const scene = this.writer.scene();
    for (let row = 0; row <= this.table.length; row++)
      this.stepOfRow[row] = this.stepOfRow[row]! + scene.length;
    return {
      config: this.config,
      operations: joined(scene, this.writer.log),
      prelude: scene.length + this.populated,
      stepOfRow: this.stepOfRow,
      used: this.used,
      skipped: this.skipped,
      conflicts: this.conflicts,
      initial,
      heldPages: this.blocks.heldPages(),
      assumptions,
    };
  }

  assumptions(options: WhatIfOptions): string[] {
    const tables = Math.ceil(this.writer.anonymousPeak / this.config.ptesPerTable);
    const lines = [
      userAssumption(options.userPages ?? 'by-flags'),
      `each page of a slab cache that can shrink is one object of one page, ${options.reclaimablePages === 'pinned' ? 'referenced until its free' : 'unreferenced, so that it may be discarded'}`,
      'everything else is a kernel allocation with the recorded order and flags, freed when the recording frees it',
      'a page is touched once, when it is allocated; dirty file pages are written by reclaim alone',
      this.table.timeUnit === 'ns'
        ? 'time between events as recorded'
        : 'the clock counts ticks: one is taken as a microsecond',
    ];
    if (this.conflicts.freesOfFreePages > 0) {
      lines.push(
        `${this.conflicts.freesOfFreePages} frees name pages whose allocation has no event (bulk allocation; pages that compaction moved count as freed where they moved): they free nothing here`,
      );
    }
    if (tables > 0) {
      lines.push(
        `anonymous pages belong to one process and one region: with its kernel stack it adds up to ${tables + 1} kernel pages that the recording does not have`,
      );
    }
    return lines;
  }

  /** Turns one row into operations, or says why it is left aside. */
  private apply(row: number): string | null {
    const { table } = this;
    const type = table.type[row] as EventTypeId;
    const aside = SKIP_REASON[type];
    if (aside !== undefined) return aside;
    const order = table.order[row]!;
    if (order > HIGHEST_ORDER) return 'order too large';
    if (type === EventType.allocFailed) {
      this.conflicts.failedAllocs++;
      this.writer.failed(order, this.classifier(row));
      return null;
    }
    const pfn = table.pfn[row]!;
    const end = pfn + 2 ** order;
    if (end > this.config.pages) return 'page frame beyond the machine';
    if (type === EventType.alloc) this.alloc(row, pfn, end, order);
    else this.free(pfn, end);
    return null;
  }

  private alloc(row: number, pfn: number, end: number, order: number): void {
    const { blocks, conflicts } = this;
    let overlap = false;
    let hole = false;
    for (let p = pfn; p < end; p++) {
      const old = blocks.at(p);
      if (this.holes[p] === 1) hole = true;
      if (old === undefined) continue;
      overlap = true;
      blocks.releaseBlock(old);
      this.writer.free(old);
    }
    if (overlap) conflicts.overlappingAllocs++;
    if (hole) conflicts.allocsOfHoles++;
    const request = this.classifier(row);
    const index = this.writer.alloc(order, request);
    blocks.add({ pfn, order, use: request.use, index, initial: false, held: end - pfn });
  }

  private free(pfn: number, end: number): void {
    const { blocks, conflicts } = this;
    let before = false;
    let unknown = false;
    let part = false;
    for (let p = pfn; p < end; p++) {
      const block = blocks.at(p);
      if (block === undefined) {
        unknown = true;
        continue;
      }
      if (block.initial) before = true;
      const inPart = block.pfn < pfn || block.pfn + 2 ** block.order > end;
      part ||= inPart;
      if (blocks.releasePage(p)) this.freed(block, inPart);
    }
    if (part) conflicts.partialFrees++;
    if (!before && !unknown) return;
    conflicts.freesOfUnknown++;
    if (unknown) conflicts.freesOfFreePages++;
    else conflicts.freesFromBefore++;
  }

  private freed(block: Block, inPart: boolean): void {
    if (inPart) this.conflicts.splitFrees++;
    this.writer.free(block);
  }
}

/** Microseconds of the recording's clock. */
function timeOf(table: EventTable, row: number): number {
  return table.timeUnit === 'ns' ? Math.floor(table.time[row]! / 1000) : table.time[row]!;
}

function joined(first: OperationLog, second: OperationLog): OperationLog {
  const all = createOperationLog(Math.max(16, first.length + second.length));
  for (const key of ['kind', 'cpu', 'gfp', 'owner', 'index', 'arg', 'dt'] as const) {
    all[key].set(first[key].subarray(0, first.length));
    all[key].set(second[key].subarray(0, second.length), first.length);
  }
  all.length = first.length + second.length;
  return all;
}

function userAssumption(userPages: UserPages): string {
  switch (userPages) {
    case 'by-flags':
      return 'order-0 user pages: with __GFP_ZERO anonymous, with __GFP_WRITE a dirty file page, else a clean file page';
    case 'anonymous':
      return 'order-0 user pages: all anonymous';
    case 'file':
      return 'order-0 user pages: with __GFP_WRITE a dirty file page, else a clean file page';
  }
}

function initialAssumptions(initial: InitialPopulation, flags: PageFlagRuns | null): string[] {
  const { blocks, freedLater, resident, guessed } = initial;
  if (blocks.length === 0) return [];
  const kinds =
    guessed === 0
      ? 'what they hold is what the snapshot says'
      : `what ${guessed} of them hold is drawn in the recording's own proportions of anonymous, file and kernel pages`;
  const lines = [
    `before the first event ${blocks.length} blocks are allocated in a random order of the seed; ${kinds}`,
    `${freedLater} of their pages are freed by the recording`,
  ];
  if (flags !== null) lines.push(`${resident} pages in use in the snapshot stay to the end`);
  return lines;
}
