/** Which of the published figures belong to an experiment, and to one of its arms. */
import type { PolicyId } from '../engine/config.ts';
import type { Sweep } from '../scenario/experiment-choice.ts';
import { PUBLISHED, type PublishedValue } from './published.ts';
import { DIFFERS } from './published-differs.ts';
import { SHIPPED } from './shipped.ts';

/** What tells an experiment: its policies and seeds may be others than those it came with. */
interface Asked {
  readonly preset: string | null;
  readonly sets: readonly string[];
  readonly sweeps: readonly Sweep[];
}

/** What an experiment is held against. */
export interface Originals {
  readonly values: readonly PublishedValue[];
  /** Why ours differ, a sentence or more. */
  readonly differs: string;
}

/** The originals of the shipped experiment that this is; null where it is none, or asks what nobody measured. */
export function originalsOf({ preset, sets, sweeps }: Asked): Originals | null {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const shipped = SHIPPED.find(
    (one) => one.preset === preset && same(one.choice.sets, sets) && same(one.choice.sweeps, sweeps),
  );
  const values = shipped && PUBLISHED[shipped.id];
  return values === undefined ? null : { values, differs: DIFFERS[shipped!.id] ?? '' };
}

/** Whether a published figure is to be held against an arm: its policy, and of what is swept the values it names. */
export function belongsTo(
  { policy, parameters }: PublishedValue,
  arm: { readonly policy: PolicyId; readonly parameters: Readonly<Record<string, string | number>> },
): boolean {
  return (
    policy === arm.policy &&
    Object.entries(parameters).every(([path, value]) => String(arm.parameters[path]) === value)
  );
}
