/** The result of an experiment: the document that `order0 compare --json` and the page's export give. */
import type { PolicyId } from '../engine/config.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import type { ExperimentChoice, Sweep } from '../scenario/experiment-choice.ts';
import { type Arm, armsOf, type Experiment, type Subject, subjectHash } from './experiment.ts';
import { counts, type Figures } from './figures.ts';
import { type Originals, originalsOf } from './originals.ts';
import { SOURCES } from './published.ts';
import { type Estimate, estimate, pairedDifference } from './statistics.ts';

/** What one run gave. */
export interface CellResult {
  readonly cell: number;
  readonly stateHash: string;
  readonly figures: Figures;
}

/** An experiment without its scenario's text: enough to know it again. */
export interface ExperimentFacts {
  readonly title: string;
  readonly preset: string | null;
  /** Of the scenario's text and edits, see `subjectHash`. */
  readonly scenarioHash: string;
  readonly engineVersion: string;
  readonly sets: readonly string[];
  readonly sweeps: readonly Sweep[];
  readonly seeds: readonly number[];
}

export interface Metric extends Estimate {
  /** By seed, in the order of `seeds`. */
  readonly values: readonly (number | null)[];
}

export interface ArmKey {
  readonly policy: PolicyId;
  readonly parameters: Readonly<Record<string, string | number>>;
}

export interface ArmResult extends ArmKey {
  /** The last state of each run. */
  readonly stateHashes: readonly string[];
  readonly metrics: Readonly<Record<string, Metric>>;
}

/** Figures of `of` less those of `against`, seed by seed. */
export interface Difference {
  readonly of: ArmKey;
  readonly against: ArmKey;
  readonly metrics: Readonly<Record<string, Estimate>>;
}

/** A published figure that one or more of the arms are to be held against. */
export interface PublishedEntry extends ArmKey {
  readonly figure: string;
  readonly value: number;
  readonly what: string;
  readonly source: string;
}

export interface CompareDocument extends ExperimentFacts {
  readonly policies: readonly ArmResult[];
  readonly differences: readonly Difference[];
  /** Only where the experiment is one that asks again what others measured. */
  readonly published?: readonly PublishedEntry[];
}

export function factsOf({
  subject,
  choice,
}: {
  subject: Subject;
  choice: ExperimentChoice;
}): ExperimentFacts {
  const { title, preset } = subject;
  const { sets, sweeps, seeds } = choice;
  const scenarioHash = subjectHash(subject);
  return { title, preset, scenarioHash, engineVersion: ENGINE_VERSION, sets, sweeps, seeds };
}

/** @param results of every cell, in order */
export function documentOf(experiment: Experiment, results: readonly CellResult[]): CompareDocument {
  return documentFrom(factsOf(experiment), experiment.choice.policies, results);
}

/** The same from the facts alone, as shards hold them. */
export function documentFrom(
  facts: ExperimentFacts,
  policies: readonly PolicyId[],
  results: readonly CellResult[],
): CompareDocument {
  const arms = armsOf({ ...facts, policies });
  const perArm = facts.seeds.length;
  const figures = arms.map((arm, a) => armResult(arm, results.slice(a * perArm, (a + 1) * perArm)));
  const document = { ...facts, policies: figures, differences: differencesOf(figures) };
  const originals = originalsOf(facts);
  return originals === null ? document : { ...document, published: entriesOf(originals) };
}

function entriesOf({ values }: Originals): PublishedEntry[] {
  return values.map(({ policy, parameters, figure, value, what, source }) => {
    const asked = Object.entries(parameters).map(([path, written]) => [path, asNumber(written)]);
    return { figure, policy, parameters: Object.fromEntries(asked), value, what, source: SOURCES[source] };
  });
}

/** The document's bytes, one line an entry. */
export function documentText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** One arm from the runs that are there; fewer than there are seeds while an experiment is under way. */
export function armResult(arm: Arm, results: readonly CellResult[]): ArmResult {
  const names = Object.keys(results[0]?.figures ?? {});
  return {
    policy: arm.policy,
    parameters: Object.fromEntries(
      Object.entries(arm.parameters).map(([path, value]) => [path, asNumber(value)]),
    ),
    stateHashes: results.map(({ stateHash }) => stateHash),
    metrics: Object.fromEntries(
      names.map((name) => {
        const values = results.map(({ figures }) => figures[name] ?? null);
        return [name, { ...estimate(values.filter((value) => counts(name, value))), values }];
      }),
    ),
  };
}

/**
 * Every two policies at the same parameters, the later less the earlier; and each value of a swept field less the
 * field's first value, all else equal.
 */
function differencesOf(arms: readonly ArmResult[]): Difference[] {
  return arms.flatMap((against, a) =>
    arms.slice(a + 1).flatMap((of) => (comparable(of, against, arms) ? [differenceOf(of, against)] : [])),
  );
}

export function differenceOf(of: ArmResult, against: ArmResult): Difference {
  const metrics = Object.entries(of.metrics).flatMap(([name, { values }]): [string, Estimate][] => {
    const other = against.metrics[name];
    const counted = (list: readonly (number | null)[]) =>
      list.map((value) => (counts(name, value) ? value : null));
    return other === undefined ? [] : [[name, pairedDifference(counted(values), counted(other.values))]];
  });
  return { of: keyOf(of), against: keyOf(against), metrics: Object.fromEntries(metrics) };
}

const keyOf = ({ policy, parameters }: ArmResult): ArmKey => ({ policy, parameters });

function comparable(of: ArmResult, against: ArmResult, arms: readonly ArmResult[]): boolean {
  const paths = Object.keys(of.parameters).filter((path) => of.parameters[path] !== against.parameters[path]);
  if (of.policy !== against.policy) return paths.length === 0;
  const [path] = paths;
  return paths.length === 1 && path !== undefined && against.parameters[path] === arms[0]?.parameters[path];
}

function asNumber(value: string): string | number {
  return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value) ? Number(value) : value;
}
