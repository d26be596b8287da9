/** What an experiment that comes with the program is. */
import type { ExperimentChoice } from '../scenario/experiment-choice.ts';

export interface ShippedExperiment {
  readonly id: string;
  readonly title: string;
  /** Two sentences: what is varied, and what to look at. */
  readonly summary: string;
  readonly preset: string;
  readonly choice: ExperimentChoice;
  /** Name of the figure that answers the question. */
  readonly figure: string;
}
