/** What is known of the runs that stand beside the open one: parts of the state. */
import type { Beside, Frame, FrameDetail, Opened, Outcomes, Problem } from '../../worker/protocol.ts';

/** One run beside the first, in an engine of its own. */
export interface PaneState {
  /** Stays the same as long as its engine lives. */
  readonly id: number;
  readonly run: Beside;
  readonly opened: Opened | null;
  readonly frame: Frame | null;
  /** The last complete description; older than `frame` only while playing fast. */
  readonly detail: FrameDetail | null;
  readonly opening: boolean;
  readonly problems: readonly Problem[];
  /** Where the selected page is in this run, or why it is nowhere; null while nothing is selected. */
  readonly selected: { readonly pfn: number | null; readonly text: string } | null;
}

/** Where the runs part, as far as they were compared. */
export interface Parting {
  /** Operations compared so far. */
  readonly compared: number;
  readonly complete: boolean;
  /** Steps whose operation ended otherwise in at least one run than in the first, rising. */
  readonly outcomes: readonly number[];
  /** Steps where only the page frames handed out differ. */
  readonly places: readonly number[];
  /** What became of each operation, by pane, the open run's first; null for a pane that could not be compared. */
  readonly runs: readonly (Outcomes | null)[];
  /** What each run did at the first of `outcomes`, likewise; null until it is known. */
  readonly told: readonly (string | null)[] | null;
}

export const emptyPane = (id: number, run: Beside): PaneState => ({
  id,
  run,
  opened: null,
  frame: null,
  detail: null,
  opening: true,
  problems: [],
  selected: null,
});
