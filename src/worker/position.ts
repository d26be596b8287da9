/** A moment: `step` operations applied, plus `event` events into the next one (0 = none). */
export interface Position {
  readonly step: number;
  readonly event: number;
}
