/** What a large machine costs: ratios mean something on a busy machine, times do not. */
import type { Benchmark, Measurement } from '../../scripts/benchmark.ts';
import { paintView } from '../../src/analysis/picture.ts';
import { createPictureCopy, refreshPicture } from '../../src/analysis/picture-copy.ts';
import { readPresetFiles } from '../../src/cli/preset-files.ts';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { buddyAlloc, buddyFree } from '../../src/engine/buddy.ts';
import { type Machine, takeSnapshot } from '../../src/engine/machine.ts';
import { catchUp } from '../../src/history/delta.ts';
import { createTimeline, seek } from '../../src/history/timeline.ts';
import { type Prepared, prepare } from '../../src/worker/sources.ts';

const SMALL = 64 * 1024;
const LARGE = 1024 * 1024;
/** Operations measured in a run, a part of the scenario's. */
const MEASURED = 200_000;

function fileServer(pages: number): Prepared {
  const source = { kind: 'preset', id: 'file-server' } as const;
  return prepare(source, { sets: [`machine.pages=${pages}`] }, readPresetFiles());
}

/** Nanoseconds of processor time, which other programs disturb least. */
function timed(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return Math.max(1, (user + system) * 1000);
}

/** A machine in the middle of the scenario, and the way on. */
function halfWay(pages: number): { m: Machine; goOn: (count: number) => void } {
  const { config, operations } = fileServer(pages);
  const m = bootMachine(config);
  let step = 0;
  const goOn = (count: number) => {
    for (const end = Math.min(operations.length, step + count); step < end; step++)
      applyOperation(m, operations, step);
  };
  goOn(operations.length >> 1);
  return { m, goOn };
}

/** Taking and freeing one page of an otherwise unused machine. */
function bareBuddy(pages: number): number {
  const m = bootMachine(fileServer(pages).config);
  const zone = m.config.zones.length - 1;
  return (
    timed(() => {
      for (let i = 0; i < MEASURED; i++) buddyFree(m, zone, buddyAlloc(m, zone, i % 3), i % 3);
    }) /
    (2 * MEASURED)
  );
}

function operation(pages: number): Measurement {
  const count = Math.min(MEASURED, pages);
  const { goOn } = halfWay(pages);
  return { ns: timed(() => goOn(count)) / count, referenceNs: bareBuddy(pages) };
}

/** Operations of a frame while playing, and frames measured. */
const A_FRAME = 500;
const FRAMES = 60;

function picture(): Measurement {
  const { m, goOn } = halfWay(LARGE);
  const copy = createPictureCopy(m);
  refreshPicture(copy, m);
  const state = new Uint8Array(LARGE);
  const detail = new Uint8Array(LARGE);
  let ns = 0;
  let referenceNs = 0;
  for (let frame = 0; frame < FRAMES; frame++) {
    goOn(A_FRAME);
    ns += timed(() => refreshPicture(copy, m));
    referenceNs += timed(() => paintView(m, state, detail));
  }
  return { ns: ns / FRAMES, referenceNs: referenceNs / FRAMES };
}

function delta(): Measurement {
  const { m, goOn } = halfWay(LARGE);
  const kept = takeSnapshot(m);
  goOn(MEASURED);
  const ns = timed(() => catchUp(kept, m));
  let sum = 0;
  const referenceNs = timed(() => {
    sum = takeSnapshot(m).kind.length;
  });
  if (sum !== LARGE) throw new Error(`bench: copied ${sum} pages, expected ${LARGE}`);
  return { ns, referenceNs };
}

/** Steps gone to, spread over the run. */
const SEEKS = 20;

function seeking(): Measurement {
  const { config, operations } = fileServer(LARGE);
  const t = createTimeline(config, operations);
  const whole = timed(() => seek(t, operations.length));
  const ns = timed(() => {
    for (let i = 0; i < SEEKS; i++) seek(t, Math.floor((((i * 7) % SEEKS) / SEEKS) * operations.length) + i);
  });
  return { ns: ns / SEEKS, referenceNs: whole / 2 };
}

export const benchmarks: readonly Benchmark[] = [
  { name: 'operation, 64 Ki pages', reference: 'bare buddy step', run: () => operation(SMALL) },
  { name: 'operation, 1 Mi pages', reference: 'bare buddy step', run: () => operation(LARGE) },
  { name: 'picture after 500 operations, 1 Mi pages', reference: 'painted whole', run: picture },
  { name: 'keyframe as delta, 1 Mi pages', reference: 'whole copy', run: delta },
  { name: 'seek to anywhere, 1 Mi pages', reference: 'replay of half the run', run: seeking },
];
