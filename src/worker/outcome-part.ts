/** What comparing is answered with: types of the protocol. */
import type { Outcomes } from '../analysis/outcomes.ts';

/** Some operations' outcomes; `complete` where they reach the end. */
export interface OutcomePart extends Outcomes {
  readonly complete: boolean;
}

export interface Told {
  readonly step: number;
  readonly text: string;
}
