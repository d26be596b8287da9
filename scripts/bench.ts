/** `npm run bench`: every test/bench/*.bench.ts, a table, and bench-results/DATE.json. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Benchmark, type BenchResult, measure, table } from './benchmark.ts';

const FOLDER = 'test/bench';

const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => file.endsWith('.bench.ts')) : [];
const results: BenchResult[] = [];
for (const file of files.sort()) {
  const module: { benchmarks?: readonly Benchmark[] } = await import(
    pathToFileURL(resolve(FOLDER, file)).href
  );
  if (module.benchmarks === undefined) throw new Error(`bench: ${file} exports no benchmarks`);
  for (const benchmark of module.benchmarks) {
    console.error(`${file}: ${benchmark.name}`);
    results.push(await measure(benchmark));
  }
}

if (results.length === 0) {
  console.error(`bench: no benchmarks in ${FOLDER}, expected files *.bench.ts that export some`);
  process.exit(1);
}
console.log(table(results));

const date = new Date().toISOString();
const out = join('bench-results', `${date.replaceAll(':', '-')}.json`);
const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
mkdirSync('bench-results', { recursive: true });
writeFileSync(out, `${JSON.stringify({ date, machine, results }, null, 2)}\n`);
console.log(`written to ${out}`);
