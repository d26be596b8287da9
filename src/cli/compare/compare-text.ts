/** An experiment's result for people: means with their 95 % intervals, then the differences. */
import { count, duration, plural } from '../../base/text.ts';
import type { ArmKey, CompareDocument } from '../../experiment/document.ts';
import { MEASURES } from '../../experiment/measures.ts';
import { belongsTo, originalsOf } from '../../experiment/originals.ts';
import { SOURCES } from '../../experiment/published.ts';
import type { Estimate } from '../../experiment/statistics.ts';
import { table } from '../table.ts';

/** Columns of figures that stand beside each other. */
const ABREAST = 4;

interface Column {
  readonly head: string;
  readonly metrics: Readonly<Record<string, Estimate>>;
}

/** @param all every figure, not only those most asked for */
export function compareText(document: CompareDocument, all: boolean): string {
  const { title, policies, differences, seeds, sets } = document;
  const names = all ? Object.keys(policies[0]?.metrics ?? {}) : MEASURES.map(({ name }) => name);
  const armText = naming(policies);
  const arms = policies.map((arm) => ({ head: armText(arm), metrics: arm.metrics }));
  const gaps = differences.map(({ of, against, metrics }) => ({
    head: `${armText(of)} less ${armText(against)}`,
    metrics,
  }));
  const given = sets.length > 0 ? `, ${sets.join(', ')}` : '';
  return [
    `${title}: ${plural(seeds.length, 'seed')}${given}\n`,
    "mean ± half of the 95 % interval (Student's t)\n\n",
    tables(names, arms, estimateText),
    gaps.length > 0 ? 'differences, paired by seed; * where the interval leaves out 0\n\n' : '',
    tables(names, gaps, differenceText),
    originalText(document, armText),
  ].join('');
}

function tables(
  names: readonly string[],
  columns: readonly Column[],
  text: (estimate: Estimate | undefined, name: string) => string,
): string {
  let all = '';
  for (let at = 0; at < columns.length; at += ABREAST) {
    const these = columns.slice(at, at + ABREAST);
    const rows = names.map((name) => [name, ...these.map(({ metrics }) => text(metrics[name], name))]);
    all += `${table([['figure', ...these.map(({ head }) => head)], ...rows])}\n`;
  }
  return all;
}

/** The published figures beside ours, their sources, and why they differ. */
function originalText(document: CompareDocument, armText: (arm: ArmKey) => string): string {
  const originals = originalsOf(document);
  if (originals === null) return '';
  const { values, differs } = originals;
  const sources = [...new Set(values.map(({ source }) => source))];
  const rows = document.policies.flatMap((arm) =>
    values
      .filter((one) => belongsTo(one, arm))
      .map(({ figure: name, value, what, source }) => [
        name,
        armText(arm),
        figure(value),
        estimateText(arm.metrics[name], name),
        `${what} [${sources.indexOf(source) + 1}]`,
      ]),
  );
  return [
    'what was published, beside these runs\n\n',
    `${table([['figure', 'run of', 'original', 'here', 'the original is'], ...rows])}\n`,
    ...sources.map((source, i) => `[${i + 1}] ${SOURCES[source]}\n`),
    differs === '' ? '' : `\nWhy they differ: ${differs}\n`,
  ].join('');
}

/** An arm by what tells it from the others: its policy where there are several, the last part of each swept path. */
function naming(arms: readonly ArmKey[]): (arm: ArmKey) => string {
  const onePolicy = arms.every(({ policy }) => policy === arms[0]?.policy);
  return ({ policy, parameters }) => {
    const values = Object.entries(parameters).map(([path, value]) => `${path.replace(/^.*\./, '')}=${value}`);
    return [...(onePolicy && values.length > 0 ? [] : [policy]), ...values].join(' ');
  };
}

function estimateText(estimate: Estimate | undefined, name: string): string {
  if (estimate === undefined || estimate.mean === null) return '-';
  const { mean, ci95 } = estimate;
  const text = name === 'costNs' || name.startsWith('latency') ? nanoseconds : figure;
  return ci95 === null ? text(mean) : `${text(mean)} ± ${text(ci95)}`;
}

function differenceText(estimate: Estimate | undefined, name: string): string {
  if (estimate === undefined || estimate.mean === null) return '-';
  const { mean, ci95 } = estimate;
  const isClear = ci95 !== null && Math.abs(mean) > ci95;
  return `${mean > 0 ? '+' : ''}${estimateText(estimate, name)}${isClear ? ' *' : ''}`;
}

function nanoseconds(value: number): string {
  const size = duration(Math.round(Math.abs(value)));
  return value < 0 ? `-${size}` : size;
}

/** About four digits. */
function figure(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 1000) return count(Math.round(value));
  return value.toFixed(size >= 100 ? 1 : size >= 1 ? 2 : 3);
}
