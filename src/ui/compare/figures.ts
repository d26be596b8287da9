/** What runs are compared by: one row of the outcome table each. */
import type { Figures } from '../../analysis/summary.ts';
import { count, duration, milliseconds } from '../words.ts';

export interface Figure {
  readonly name: string;
  /** What it counts, in a sentence. */
  readonly meaning: string;
  /** Null where the run has no such figure yet. */
  readonly of: (run: Figures) => number | null;
  readonly text?: (n: number) => string;
}

const orderText = (order: number) => (order < 0 ? 'none' : String(order));
/** The class of requests above order 3: those that may fail. */
const LARGE = 2;

export const FIGURES: readonly Figure[] = [
  {
    name: 'Blocks obtained',
    meaning: 'Requests above order 0 that were served, each counted once.',
    of: (run) => run.highOrder.served,
  },
  {
    name: 'Requests failed',
    meaning: 'Requests above order 0 that failed, each counted once.',
    of: (run) => run.highOrder.failed,
  },
  {
    name: 'Largest free order',
    meaning: 'Order of the largest block on the free lists now.',
    of: (run) => run.largestFreeOrder,
    text: orderText,
  },
  {
    name: 'Pages evicted',
    meaning: 'Pages whose frame reclaim took: not by exit, truncation or moving.',
    of: (run) => run.reclaim.pagesEvicted,
  },
  {
    name: 'Evicted for nothing',
    meaning: 'Evicted for a request above order 0, outside the block it obtained.',
    of: (run) => run.reclaim.evictedForNothing,
  },
  {
    name: 'Pages written',
    meaning: 'Dirty pages written to their files, and anonymous pages to swap.',
    of: (run) => run.reclaim.pagesWritten + run.reclaim.pagesSwapped,
  },
  {
    name: 'Pages moved',
    meaning: 'Pages moved to another frame to empty a block.',
    of: (run) => run.moves.pages,
  },
  {
    name: 'PTE updates',
    meaning: 'Page table entries pointed at another frame, by moving a page or copying one on write.',
    of: (run) => run.reclaim.pteUpdates,
  },
  {
    name: 'PTEs unmapped',
    meaning: 'Page table entries removed through rmap.',
    of: (run) => run.reclaim.pteUnmaps,
  },
  {
    name: 'Inversions',
    meaning: 'Evicted pages that had been used later than the coldest one that stayed.',
    of: (run) => run.reclaim.inversions,
  },
  {
    name: 'Refaults',
    meaning: 'Evicted pages that were asked for again.',
    of: (run) => run.reclaim.refaults,
  },
  {
    name: 'Idle in slabs',
    meaning: 'Pages that hold nothing and that no buddy list has.',
    of: (run) => run.pages.slabIdle,
  },
  {
    name: 'Latency, order 4 and up',
    meaning:
      'Modelled latency below which 99 % of the requests of order 4 and above stay, to a power of two.',
    of: (run) => run.latency.classes[LARGE]?.p99Ns ?? null,
    text: duration,
  },
  {
    name: 'Modelled cost',
    meaning: 'All that was done for memory, at the declared prices.',
    of: (run) => run.costNs,
    text: milliseconds,
  },
];

export interface Cell {
  readonly value: number | null;
  readonly text: string;
  /** Against the first run: `+12`, `−3`; empty for the first run and where they are equal. */
  readonly against: string;
  /** As a share of the row's largest, for a bar. */
  readonly share: number;
}

export interface Row {
  readonly name: string;
  readonly meaning: string;
  readonly same: boolean;
  readonly cells: readonly Cell[];
}

/** The table's rows; the first run is what the others are measured against. */
export function rowsOf(runs: readonly (Figures | null)[]): readonly Row[] {
  return FIGURES.map(({ name, meaning, of, text = count }) => {
    const values = runs.map((run) => (run === null ? null : of(run)));
    const known = values.filter((_, i) => runs[i] !== null);
    const most = Math.max(1, ...values.map((value) => value ?? 0));
    const [first = null] = values;
    const cells = values.map(
      (value, i): Cell => ({
        value,
        text: value === null ? 'none yet' : text(value),
        against: i === 0 ? '' : gapText(value, first, text === orderText ? String : text),
        share: Math.max(0, value ?? 0) / most,
      }),
    );
    return { name, meaning, same: known.every((value) => value === first), cells };
  });
}

function gapText(value: number | null, first: number | null, text: (n: number) => string): string {
  if (value === null || first === null || value === first) return '';
  return `${value > first ? '+' : '−'}${text(Math.abs(value - first))}`;
}

const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The table as CSV: bare numbers, one line a figure; empty where a run has none. */
export function csvOf(names: readonly string[], runs: readonly (Figures | null)[]): string {
  const lines = [
    ['figure', ...names],
    ...FIGURES.map(({ name, of }) => [name, ...runs.map((run) => String((run && of(run)) ?? ''))]),
  ];
  return `${lines.map((line) => line.map(quoted).join(',')).join('\n')}\n`;
}

/** The table as Markdown, as people read it. */
export function markdownOf(names: readonly string[], runs: readonly (Figures | null)[]): string {
  const head = `| | ${names.join(' | ')} |\n|---|${names.map(() => '--:|').join('')}`;
  const body = rowsOf(runs).map(
    ({ name, cells }) => `| ${name} | ${cells.map(({ text }) => text).join(' | ')} |`,
  );
  return `${[head, ...body].join('\n')}\n`;
}
