/** What a link, or a fresh engine, needs beside the scenario: how it is looked at, and what was done to it. */
import type { PolicyId } from '../engine/config.ts';
import type { Change } from '../history/changes.ts';
import type { ExperimentChoice } from '../scenario/experiment-choice.ts';
import type { Beside, LinkPage } from '../scenario/links/link.ts';
import type { Looks } from '../scenario/links/looks.ts';
import type { Selection, Zoom } from '../scenario/links/selection.ts';

/** What a link says of how a moment is looked at. */
export interface Looking extends Looks {
  readonly select: Selection;
  readonly zoom: Zoom;
  /** What stands beside the open run. */
  readonly compare: readonly Beside[];
  /** The experiment that is set up. */
  readonly experiment: ExperimentChoice;
  /** The page of text over it. */
  readonly page: LinkPage;
}

/** What was done to a scenario since it was read: opened with it in another engine, it is the same run. */
export interface Again {
  readonly policy?: PolicyId;
  readonly seed?: number;
  readonly done: readonly Change[];
  /** The last taken back first. */
  readonly undone: readonly Change[];
}
