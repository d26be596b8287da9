/** One benchmark, measured beside what it is compared with. */
export interface Benchmark {
  readonly name: string;
  /** What the reference is, e.g. `npm malloc 1.1.0`. */
  readonly reference: string;
  /** Measures both in one go; nanoseconds an operation. */
  run(): Measurement | Promise<Measurement>;
}

export interface Measurement {
  readonly ns: number;
  readonly referenceNs: number;
}

/** A measured benchmark as it is printed and written. `ratio` is `ns / referenceNs`: below 1 we are faster. */
export interface BenchResult extends Measurement {
  readonly name: string;
  readonly reference: string;
  readonly ratio: number;
}

/** Runs one benchmark. Throws where a figure is not a positive number: it measured nothing. */
export async function measure({ name, reference, run }: Benchmark): Promise<BenchResult> {
  const { ns, referenceNs } = await run();
  for (const figure of [ns, referenceNs]) {
    if (!(figure > 0 && Number.isFinite(figure))) throw new Error(`bench: ${name} measured ${figure} ns`);
  }
  return { name, reference, ns, referenceNs, ratio: ns / referenceNs };
}

/** The results as a table for the terminal, one line each under a head. */
export function table(results: readonly BenchResult[]): string {
  const rows = [
    ['name', 'ns/op', 'reference', 'ns/op', 'ratio'],
    ...results.map(({ name, ns, reference, referenceNs, ratio }) => [
      name,
      ns.toFixed(1),
      reference,
      referenceNs.toFixed(1),
      ratio.toFixed(3),
    ]),
  ];
  const isText = (column: number) => column === 0 || column === 2;
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          isText(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
