/** Writes a recording's allocations and frees as operations on logical things. */
import { GFP_MASKS } from '../../engine/gfp.ts';
import {
  ALLOC_TAG,
  createOperationLog,
  OP,
  type OpCode,
  type OperationLog,
  pushOperation,
  vmaOf,
} from '../../engine/operation.ts';
import { type Block, IndexPool } from './recorded-blocks.ts';
import { type RecordedRequest, USE, type Use } from './recorded-request.ts';

const REGION = vmaOf(0, 0);
const CLEAN_FILE = 0;
const DIRTY_FILE = 1;
const CACHE = 0;
const MAX_DT = 0xffffffff;
const HUGE_ORDER = 9;

export class WorkloadWriter {
  readonly log: OperationLog = createOperationLog();
  private readonly pools: readonly IndexPool[] = [0, 1, 2, 3, 4].map(() => new IndexPool());
  private now = 0;
  private cpu = 0;
  /** Time of the last operation. */
  private written = 0;
  private started = false;

  /** @param pinned whether objects are referenced while they live */
  constructor(private readonly pinned: boolean) {}

  get length(): number {
    return this.log.length;
  }

  /** Most anonymous pages held at once. */
  get anonymousPeak(): number {
    return this.pools[USE.anonymous]!.peak;
  }

  /** Sets when (µs) and where the next operations happen. */
  at(time: number, cpu: number): void {
    this.now = time;
    this.cpu = cpu;
    if (!this.started) this.written = time;
    this.started = true;
  }

  /** @returns the block's logical number */
  alloc(order: number, { use, gfp, tag }: RecordedRequest): number {
    const index = this.pools[use]!.take();
    if (use === USE.anonymous) this.put(OP.touch, REGION, index, 1);
    else if (use === USE.cleanFile) this.put(OP.readFile, CLEAN_FILE, index);
    else if (use === USE.dirtyFile) this.put(OP.writeFile, DIRTY_FILE, index);
    else if (use === USE.object) this.put(this.pinned ? OP.objectGet : OP.objectLookup, CACHE, index);
    else this.put(OP.alloc, index, tag, order, gfp);
    return index;
  }

  /** A block from before the recording: its flags are not known. */
  allocInitial(use: Use, order: number): number {
    const tag = order >= HUGE_ORDER ? ALLOC_TAG.hugePage : ALLOC_TAG.kmalloc;
    return this.alloc(order, { use, gfp: GFP_MASKS.kernel, tag });
  }

  free({ use, index }: Block): void {
    if (use === USE.anonymous) this.put(OP.zap, REGION, index, 1);
    else if (use === USE.cleanFile) this.put(OP.truncate, CLEAN_FILE, index, 1);
    else if (use === USE.dirtyFile) this.put(OP.truncate, DIRTY_FILE, index, 1);
    else if (use === USE.object) {
      if (this.pinned) this.put(OP.objectPut, CACHE, index);
      this.put(OP.objectFree, CACHE, index);
    } else this.put(OP.free, index);
    this.pools[use]!.give(index);
  }

  /** A request the recorded kernel refused: asked, and given back at once where it is served. */
  failed(order: number, { gfp, tag }: RecordedRequest): void {
    const pool = this.pools[USE.kernel]!;
    const index = pool.take();
    this.put(OP.alloc, index, tag, order, gfp);
    this.put(OP.free, index);
    pool.give(index);
  }

  /** What has to be there before the first operation: process and region, and files as large as they ever get. */
  scene(): OperationLog {
    const log = createOperationLog(16);
    const peak = (use: Use): number => this.pools[use]!.peak;
    if (peak(USE.anonymous) > 0) {
      pushOperation(log, OP.spawn, 0);
      pushOperation(log, OP.mapAnon, REGION, 0, peak(USE.anonymous));
    }
    if (peak(USE.cleanFile) > 0) pushOperation(log, OP.createFile, CLEAN_FILE, 0, peak(USE.cleanFile));
    if (peak(USE.dirtyFile) > 0) pushOperation(log, OP.createFile, DIRTY_FILE, 0, peak(USE.dirtyFile));
    return log;
  }

  private put(kind: OpCode, owner: number, index = 0, arg = 0, gfp = 0): void {
    const dt = Math.min(MAX_DT, Math.max(0, this.now - this.written));
    pushOperation(this.log, kind, owner, index, arg, gfp, dt, this.cpu);
    this.written = Math.max(this.written, this.now);
  }
}
