/** Plots as a CSV: a comment that says what it is, then a row for each step that was sampled. */
import { type Origin, originLines } from './export-files.ts';
import { type Plot, TIME } from './plot.ts';

/** Fields are quoted where RFC 4180 asks for it. */
const field = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * One row a step, all samples of the range; a column a line. Whole numbers as the engine counts them: indices in
 * thousandths, costs in ns. Empty where a column was not sampled at that step.
 */
export function csvOf(plots: readonly Plot[], origin: Origin): string {
  const { from, to } = origin.range;
  const indices = plots.map(({ steps }) => new Map(steps.map((step, i) => [step, i])));
  const steps = [...new Set(plots.flatMap((plot) => plot.steps))]
    .filter((step) => step >= from && step <= to)
    .sort((a, b) => a - b);
  const names = ['step', ...plots.flatMap(({ lines }) => lines.map(({ id }) => id))];
  const rows = steps.map((step) => [
    String(step),
    ...plots.flatMap(({ lines }, p) => {
      const i = indices[p]?.get(step);
      return lines.map(({ values }) => (i === undefined ? '' : String(values[i] ?? '')));
    }),
  ]);
  const comments = [...originLines(origin), ...plots.map(columnNote)].map((line) => `# ${line}`);
  const table = [names, ...rows].map((row) => row.map(field).join(','));
  return `${[...comments, ...table].join('\n')}\n`;
}

function columnNote({ title, unit, reads, shape, lines }: Plot): string {
  const [first, last] = [lines[0]?.id, lines.at(-1)?.id];
  const columns = first === last ? first : `${first} … ${last}`;
  const what = shape === 'heat' ? 'thousandths' : unit.startsWith(TIME) ? 'ns, modelled' : unit;
  const when = reads === 'at' ? 'at the step' : 'since the sample before';
  return `${columns}: ${title}, ${what}, ${when}`;
}
