/**
 * The bare buddy allocator against C, where a compiler is there, else against plain JavaScript. The engine's side
 * is bundled as the page's is and runs in a process of its own, as the C program does.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { Benchmark } from '../../scripts/benchmark.ts';
import { plainAllocator, runStream, type StreamResult } from './buddy-stream.ts';

const SEED = 20030629;
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** Runs a program that prints `ns checksum`. */
function runProgram(command: string, args: readonly string[]): StreamResult {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  const [ns, checksum] = stdout.split(' ').map(Number);
  if (status !== 0 || ns === undefined || checksum === undefined)
    throw new Error(`bench: ${command} exited with ${status}: ${stderr}`);
  return { ns, checksum };
}

/** Best of five of each side, taken in turns, so that a busy moment does not fall on one of them. */
async function compare(pages: number, operations: number): Promise<{ ns: number; referenceNs: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'order0-bench-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      build: { ssr: here('./buddy-engine.ts'), outDir: folder, minify: true },
    });
    const program = join(folder, 'buddy-reference');
    if (hasCompiler)
      spawnSync('cc', ['-O2', '-o', program, here('./buddy-reference.c')], { stdio: 'inherit' });
    const args = [pages, operations, SEED].map(String);
    let ns = Number.POSITIVE_INFINITY;
    let referenceNs = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 5; round++) {
      const ours = runProgram(process.execPath, [join(folder, 'buddy-engine.js'), ...args]);
      const reference = hasCompiler
        ? runProgram(program, args)
        : runStream(plainAllocator(pages), pages, operations, SEED);
      if (ours.checksum !== reference.checksum)
        throw new Error(`bench: page frames differ: checksum ${ours.checksum}, ${reference.checksum}`);
      ns = Math.min(ns, ours.ns);
      referenceNs = Math.min(referenceNs, reference.ns);
    }
    return { ns, referenceNs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const hasCompiler = spawnSync('cc', ['--version']).status === 0;
const reference = hasCompiler ? 'the same in C, cc -O2' : 'plain JavaScript (no C compiler found)';

export const benchmarks: readonly Benchmark[] = [
  { name: 'buddy, 64 Ki pages', reference, run: () => compare(1 << 16, 16_000_000) },
  { name: 'buddy, 1 Mi pages', reference, run: () => compare(1 << 20, 16_000_000) },
];
