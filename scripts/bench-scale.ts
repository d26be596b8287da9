/**
 * `npm run bench:scale`: what a machine costs the engine's side of the page: processor time and memory to open it, to
 * go to 50 steps spread over the run, to go back through it in small steps, and to describe a moment; and what the
 * memory is made of. Processor time is printed, since the computer may be busy with other things.
 *
 *     npm run bench:scale -- [--pages 1048576] [--preset file-server] [--json]
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readPresetFiles } from '../src/cli/preset-files.ts';
import { snapshotBytes } from '../src/engine/machine.ts';
import { fullFrame, pictureFrame } from '../src/worker/frame.ts';
import { createSession, describeSession, type Session } from '../src/worker/session.ts';
import { runAhead } from '../src/worker/slices.ts';
import { prepare } from '../src/worker/sources.ts';

const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '1048576' },
    preset: { type: 'string', default: 'file-server' },
    seeks: { type: 'string', default: '50' },
    json: { type: 'boolean', default: false },
  },
});

/** Megabytes of this process in memory: now, and at most so far. */
function resident(): { now: number; most: number } {
  const status = readFileSync('/proc/self/status', 'utf8');
  const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1024;
  return { now: of('VmRSS'), most: of('VmHWM') };
}

/** Milliseconds of processor time, all threads. */
function processor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const figures: Record<string, number> = {};

function note(name: string, value: number): void {
  figures[name] = value;
  if (!values.json) console.log(`${name.padEnd(44)} ${value.toFixed(1).padStart(10)}`);
}

async function measured(name: string, work: () => void | Promise<void>, parts = 1): Promise<void> {
  const before = processor();
  await work();
  note(`${name}, ms`, (processor() - before) / parts);
}

function noteMemory(name: string): void {
  const { now, most } = resident();
  note(`resident ${name}, MB`, now);
  note(`most resident ${name}, MB`, most);
}

const MB = 1024 * 1024;

function bytesIn(value: object): number {
  return Object.values(value).reduce(
    (sum: number, part) => sum + (ArrayBuffer.isView(part) ? part.byteLength : 0),
    0,
  );
}

/** What the memory of a session is made of. */
function account(session: Session): void {
  const { timeline, picture, far, prepared } = session;
  const { keyframes, machine, scout } = timeline;
  note('machine, MB', snapshotBytes(machine) / MB);
  note(
    'hints, MB',
    machine.hints.coldest.concat(machine.hints.unclean).reduce((n, t) => n + t.nodes.byteLength, 0) / MB,
  );
  note('scout, MB', scout ? snapshotBytes(scout.machine) / MB : 0);
  note('keyframes: number', keyframes.list.length);
  note('keyframes: spacing', keyframes.spacing);
  note('keyframes: deltas, MB', keyframes.bytes / MB);
  note('keyframes: copy, MB', keyframes.copy ? snapshotBytes(keyframes.copy) / MB : 0);
  note('keyframes: bases', keyframes.bases.list.length);
  note('keyframes: bases, MB', keyframes.bases.list.reduce((sum, { state }) => sum + state.bytes, 0) / MB);
  note('operations, MB', bytesIn(prepared.operations) / MB);
  note('picture, MB', (bytesIn(picture) + picture.seen.reduce((n, c) => n + c.byteLength, 0)) / MB);
  note('far, MB', (bytesIn(far) + far.levels.reduce((n, c) => n + c.byteLength, 0)) / MB);
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  note('heap, MB', heapUsed / MB);
  note('array buffers, MB', arrayBuffers / MB);
}

noteMemory('before');
const source = { kind: 'preset', id: values.preset } as const;
let session!: Session;
await measured('writing the workload', () => {
  const prepared = prepare(source, { sets: [`machine.pages=${values.pages}`] }, readPresetFiles());
  session = createSession(prepared, []);
});
await measured('running ahead', () =>
  runAhead(
    session.run,
    () => {},
    { cancelled: false },
    () => performance.now(),
  ),
);
const { length } = session.timeline.operations;
note('operations', length);
await measured('series', () => void describeSession(session, { step: length, event: 0 }));
noteMemory('after opening');
account(session);

const seeks = Number(values.seeks);
/** Steps that look random and are the same every time. */
const steps = Array.from({ length: seeks }, (_, i) => Math.floor(((i * 0.618034) % 1) * length));
const buffers = (frame: ReturnType<typeof pictureFrame>) => ({
  state: frame.view.state.buffer as ArrayBuffer,
  detail: frame.view.detail.buffer as ArrayBuffer,
});
let frame = pictureFrame(session, { step: length, event: 0 });
const costs: number[] = [];
for (const step of steps) {
  const before = processor();
  frame = pictureFrame(session, { step, event: 0 }, { recycle: buffers(frame), levels: true });
  costs.push(processor() - before);
}
const sorted = [...costs].sort((a, b) => a - b);
note('seek to anywhere, mean, ms', costs.reduce((a, b) => a + b, 0) / seeks);
note('seek to anywhere, median, ms', sorted[seeks >> 1]!);
note('seek to anywhere, worst, ms', sorted[seeks - 1]!);
noteMemory('after seeks');

await measured(
  'scrubbing back a hundredth, each',
  () => {
    for (let i = 20; i >= 1; i--) {
      const step = Math.floor(length * (0.4 + i / 100));
      frame = pictureFrame(session, { step, event: 0 }, { recycle: buffers(frame), levels: true });
    }
  },
  20,
);
const middle = length >> 1;
fullFrame(session, { step: middle, event: 0 }, { levels: true });
await measured(
  'description of the next step, each',
  () => {
    for (let i = 1; i <= 10; i++) {
      frame = fullFrame(session, { step: middle + i, event: 0 }, { recycle: buffers(frame), levels: true });
    }
  },
  10,
);
await measured(
  'description anywhere, each',
  () => {
    for (const step of steps.slice(0, 10)) {
      frame = fullFrame(session, { step, event: 0 }, { recycle: buffers(frame), levels: true });
    }
  },
  10,
);
noteMemory('at last');
account(session);
if (values.json) console.log(JSON.stringify({ preset: values.preset, pages: Number(values.pages), figures }));
