/** Another policy's curves laid over these: the same operations, drawn dashed and named. */
import { count } from '../words.ts';
import type { Plot, PlotLine } from './plot.ts';

/** Lines of a stack that can still be told apart when drawn over another one; of more only the sum is. */
const MOST_LINES = 4;

/** Shown by shades or filling all of memory, so that a second run laid over them says nothing. */
const ALONE: ReadonlySet<Plot['id']> = new Set(['unusable', 'fragmentation', 'held']);

/**
 * Each plot with the lines of the other run's plot of the same name.
 * @param others of a run on the same samples
 */
export function laidOver(plots: readonly Plot[], others: readonly Plot[], policy: string): readonly Plot[] {
  return plots.map((plot) => {
    const other = others.find(({ id }) => id === plot.id);
    if (other === undefined || ALONE.has(plot.id)) return plot;
    const lines = other.lines.length > MOST_LINES ? [sumOf(other)] : other.lines;
    return { ...plot, lines: [...plot.lines, ...lines.map((line) => named(line, policy))] };
  });
}

const named = (line: PlotLine, policy: string): PlotLine => ({
  ...line,
  id: `${line.id}@${policy}`,
  name: `${policy}: ${line.name}`,
  ink: { token: '--ink', opacity: 1 },
  of: policy,
});

function sumOf({ id, lines, steps }: Plot): PlotLine {
  const values = steps.map((_, i) => lines.reduce((sum, line) => sum + (line.values[i] ?? 0), 0));
  return { ...lines[0]!, id: `${id}_all`, name: 'all orders', values, between: (_, k) => values[k] ?? 0 };
}

/** What was chosen, in words: `buddy-2.6`, or how far that is. */
export function againstText(policy: string | null, isKnown: boolean, steps: number): string {
  if (policy === null) return 'nothing';
  return isKnown ? policy : `${policy}, running ${count(steps)} steps`;
}
