/** What has just happened at a position, as far as the machine there does not tell it itself. */
import type { StepBill } from '../analysis/bill.ts';
import type { ScanChoice } from '../analysis/scan-choice.ts';
import type { Operation } from '../engine/operation.ts';
import type { Happened } from '../history/timeline.ts';
import type { FrameDetail } from './protocol.ts';

/** A position, with what was noted before its last operation or event. */
export interface Moment {
  readonly step: number;
  /** The operation that led here, or that one is inside of. */
  readonly operation: Operation | null;
  /** Its events so far. */
  readonly happened: Happened;
  /** What it cost so far. */
  readonly bill: StepBill;
  /** What its first scan for a victim had to choose from. */
  readonly choice: ScanChoice | null;
  /** LRU order and inversions before it. */
  readonly lru: readonly number[];
  readonly inversions: number;
  readonly changed: FrameDetail['changed'];
  /** Pages it evicted. */
  readonly evicted: readonly number[];
}
