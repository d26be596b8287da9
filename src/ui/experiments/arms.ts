/** Results of an experiment, arm by arm, for one figure: what the picture and the tables show. */
import type { CellResult } from '../../experiment/document.ts';
import { type Arm, armsOf, type Experiment } from '../../experiment/experiment.ts';
import { counts } from '../../experiment/figures.ts';
import { belongsTo, originalsOf } from '../../experiment/originals.ts';
import type { PublishedValue } from '../../experiment/published.ts';
import { type Estimate, estimate } from '../../experiment/statistics.ts';

/** One row of the picture. */
export interface Row {
  readonly name: string;
  readonly estimate: Estimate;
  /** A dot for each seed that has the figure. */
  readonly dots: readonly { readonly seed: number; readonly value: number }[];
  /** What others published for it. */
  readonly originals: readonly PublishedValue[];
}

export interface FigureRows {
  readonly values: readonly Row[];
  /** Each arm less the one it is compared with, paired by seed. */
  readonly differences: readonly Row[];
}

/** Arms by what tells them apart: the policy where there are several, the last part of each swept path. */
export function armNames(arms: readonly Arm[]): string[] {
  const onePolicy = arms.every(({ policy }) => policy === arms[0]?.policy);
  return arms.map(({ policy, parameters }) => {
    const values = Object.entries(parameters).map(([path, value]) => `${path.replace(/^.*\./, '')} ${value}`);
    return [...(onePolicy && values.length > 0 ? [] : [policy]), ...values].join(', ');
  });
}

/**
 * Policies are compared with the first policy at the same values; where there is one policy, values with the first.
 * @param results by cell; those that are not there yet are left out, and a pair needs both
 */
export function figureRows(
  { subject, choice }: Experiment,
  results: readonly (CellResult | undefined)[],
  figure: string,
): FigureRows {
  const { seeds, policies } = choice;
  const arms = armsOf(choice);
  const names = armNames(arms);
  const perPolicy = arms.length / policies.length;
  const valueAt = (arm: number, s: number): number | null => {
    const value = results[arm * seeds.length + s]?.figures[figure] ?? null;
    return counts(figure, value) ? value : null;
  };
  const published = subject.edits.length > 0 ? null : originalsOf({ preset: subject.preset, ...choice });
  const originalsFor = (arm: Arm) =>
    (published?.values ?? []).filter((one) => one.figure === figure && belongsTo(one, arm));
  const row = (name: string, figureAt: (s: number) => number | null, arm?: Arm): Row => {
    const dots = seeds.flatMap((seed, s) => {
      const value = figureAt(s);
      return value === null ? [] : [{ seed, value }];
    });
    const originals = arm === undefined ? [] : originalsFor(arm);
    return { name, estimate: estimate(dots.map(({ value }) => value)), dots, originals };
  };
  return {
    values: names.map((name, a) => row(name, (s) => valueAt(a, s), arms[a])),
    differences: names.flatMap((name, a) => {
      const base = policies.length > 1 ? a % perPolicy : 0;
      if (base === a) return [];
      const gap = (s: number) => {
        const [here, there] = [valueAt(a, s), valueAt(base, s)];
        return here === null || there === null ? null : here - there;
      };
      return [row(`${name} less ${names[base]!}`, gap)];
    }),
  };
}
