/** Where runs of one workload part: steps whose operation had another outcome, or found another place, in one of them. */
import type { Outcomes } from './outcomes.ts';

export interface Parted {
  /** Steps whose operation ended otherwise in at least one run than in the first: served or failed, other victims. */
  readonly outcomes: readonly number[];
  /** Steps where all outcomes agree and only the page frames handed out differ. */
  readonly places: readonly number[];
}

/**
 * Compares operations `from` to `to` of each run with the first run's. Operation i leads to step i + 1.
 * @param runs each from operation 0 on, and told up to `to`
 */
export function partings(runs: readonly Outcomes[], from: number, to: number): Parted {
  const [first, ...others] = runs;
  const outcomes: number[] = [];
  const places: number[] = [];
  if (first === undefined) return { outcomes, places };
  for (let i = from; i < to; i++) {
    const fate = first.fates[i];
    const victims = first.victims[i];
    if (others.some((run) => run.fates[i] !== fate || run.victims[i] !== victims)) outcomes.push(i + 1);
    else if (others.some((run) => run.places[i] !== first.places[i])) places.push(i + 1);
  }
  return { outcomes, places };
}

/** Puts what was told later behind what was told before; a part that begins earlier takes its place. */
export function joinOutcomes(before: Outcomes, later: Outcomes): Outcomes {
  return {
    from: before.from,
    fates: joined(before.fates, later.fates, later.from),
    victims: joined(before.victims, later.victims, later.from),
    places: joined(before.places, later.places, later.from),
  };
}

export const NO_OUTCOMES: Outcomes = {
  from: 0,
  fates: new Uint8Array(0),
  victims: new Uint32Array(0),
  places: new Uint32Array(0),
};

function joined<T extends Uint8Array | Uint32Array>(before: T, later: T, from: number): T {
  const whole = new (before.constructor as new (length: number) => T)(from + later.length);
  whole.set(before.subarray(0, from));
  whole.set(later, from);
  return whole;
}
