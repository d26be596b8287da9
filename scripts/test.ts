/** `npm test`: every runner in order, one sum. `npm test -- unit e2e` runs only those. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser.ts';
import {
  type Counts,
  judge,
  ONE_FAILED,
  ONE_PASSED,
  phrase,
  playwrightCounts,
  sum,
  vitestCounts,
} from './counts.ts';
import { type Command, run, tool } from './process.ts';

type Name = 'types' | 'lint' | 'unit' | 'build' | 'e2e';

const folder = mkdtempSync(join(tmpdir(), 'order0-test-'));

/** Counts a check that has no tests of its own as one: all of its commands exit 0, or it failed. */
async function asOne(...commands: readonly Command[]): Promise<Counts> {
  for (const command of commands) {
    if ((await run(command)) !== 0) return ONE_FAILED;
  }
  return ONE_PASSED;
}

/** Runs a test runner and counts its report; a runner that left no readable report is one failed. */
async function counted(
  command: Command,
  report: string,
  count: (report: unknown) => Counts,
): Promise<Counts> {
  const exitCode = await run(command);
  try {
    return judge(count(JSON.parse(readFileSync(report, 'utf8'))), exitCode);
  } catch (error) {
    console.error(`${command.args.join(' ')}: no report: ${String(error)}`);
    return ONE_FAILED;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function e2e(): Promise<Counts> {
  try {
    await ensureBrowser();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return ONE_FAILED;
  }
  const report = join(folder, 'e2e.json');
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report, ORDER0_PORT: String(await freePort()) };
  return counted({ ...tool('playwright', 'test', '--reporter=list,json'), env }, report, playwrightCounts);
}

function unit(): Promise<Counts> {
  const report = join(folder, 'unit.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return counted(tool('vitest', 'run', ...reporters), report, vitestCounts);
}

const runners: readonly [Name, () => Promise<Counts>][] = [
  ['types', () => asOne(tool('tsc', '-b'))],
  ['lint', () => asOne(tool('biome', 'check', '.'))],
  ['unit', unit],
  ['build', () => asOne(tool('vite', 'build'), tool('tsx', 'scripts/build-single.ts'))],
  ['e2e', e2e],
];

function chosen(args: readonly string[]): ReadonlySet<string> {
  const names = runners.map(([name]) => name as string);
  const unknown = args.filter((arg) => !names.includes(arg));
  if (unknown.length > 0) {
    console.error(`npm test: unknown runner ${unknown.join(', ')}, expected some of ${names.join(', ')}`);
    process.exit(2);
  }
  // The browser tests look at the built page: an old build would answer for the new source.
  return new Set(args.length === 0 ? names : args.includes('e2e') ? [...args, 'build'] : args);
}

const results = new Map<Name, Counts>();
const names = chosen(process.argv.slice(2));
for (const [name, runner] of runners) {
  if (!names.has(name)) continue;
  console.log(`\n== ${name}`);
  const unbuilt = name === 'e2e' && (results.get('build')?.failed ?? 0) > 0;
  if (unbuilt) console.error('not run: the build failed');
  results.set(name, unbuilt ? ONE_FAILED : await runner());
}
rmSync(folder, { recursive: true, force: true });

console.log('');
for (const [name, counts] of results) console.log(`${name.padEnd(6)} ${phrase(counts)}`);
const total = sum([...results.values()]);
process.exitCode = total.failed > 0 ? 1 : 0;
console.log(phrase(total));
