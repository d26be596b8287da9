import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GFP_MASKS } from '../../../src/engine/gfp.ts';
import {
  createOperationLog,
  decodeOperation,
  encodeOperation,
  type Operation,
} from '../../../src/engine/operation.ts';
import { parseScenario } from '../../../src/scenario/parse.ts';
import { resolveScenario } from '../../../src/scenario/resolve.ts';
import { OWN } from '../../../src/scenario/step-schema.ts';
import { demandOf } from '../demand.ts';
import { firstUnlawful } from './lawful.ts';

/** Operations of actors (YAML, flow style) on a machine of 1,024 pages. */
function operationsOf(actors: string, steps = 2000, seed = 1, more = ''): Operation[] {
  const parsed = parseScenario(
    `order0: 1\ntitle: T\nseed: ${seed}\nmachine: {pages: 1024, cpus: 2 ${more}}\nworkload: {steps: ${steps}, actors: [${actors}]}\n`,
  );
  if (!parsed.ok) throw new Error(parsed.problems[0]!.message);
  const { operations } = resolveScenario(parsed.scenario);
  return Array.from({ length: operations.length }, (_, i) => decodeOperation(operations, i));
}

function createLog(operations: readonly Operation[]) {
  const log = createOperationLog();
  for (const operation of operations) encodeOperation(log, operation);
  return log;
}

const only = <K extends Operation['op']>(operations: readonly Operation[], op: K) =>
  operations.filter((o): o is Operation & { op: K } => o.op === op);
const stepsOf = (operations: readonly Operation[], op: Operation['op']) =>
  operations.flatMap((o, i) => (o.op === op ? [i] : []));

const EVERYBODY = `{kind: processes, weight: 8, curve: peak, hold: 0.2}, {kind: processes, size: 0.01, curve: steady},
  {kind: files, weight: 6, mmap: 0.3, churn: 0.02, write: 0.2}, {kind: dentries, weight: 2, held: 0.1},
  {kind: dentries, walk: sequential}, {kind: kernel, weight: 2, vmalloc: 0.1}, {kind: highOrder, order: 5, every: 50, hold: 20},
  {kind: pins, count: 10, every: 100}, {kind: pins, target: file, count: 3}, {kind: writeback}, {kind: exitAll, from: 0.5},
  {kind: mempool, every: 40, hold: 90}, {kind: mempool, pretend: true, order: 1}, {kind: dentries, directory: 6}`;

describe('a workload', () => {
  it('is a lawful program whatever the seed', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(firstUnlawful(operationsOf(EVERYBODY, 3000, seed))).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  });

  it('leaves the low numbers to written steps', () => {
    const operations = operationsOf(EVERYBODY);
    expect(Math.min(...only(operations, 'spawn').map((o) => o.process))).toBe(OWN.processes);
    expect(Math.min(...only(operations, 'createFile').map((o) => o.file))).toBe(OWN.files);
    expect(Math.min(...only(operations, 'alloc').map((o) => o.id))).toBe(OWN.allocations);
  });

  it('uses numbers again', () => {
    const spawned = only(
      operationsOf('{kind: processes, live: 3, size: 5, hold: 0, fork: 0}', 4000),
      'spawn',
    );
    expect(spawned.length).toBeGreaterThan(100);
    expect(Math.max(...spawned.map((o) => o.process))).toBeLessThan(OWN.processes + 4);
  });

  it('is drawn by weight, among those whose time it is', () => {
    const operations = operationsOf(
      '{kind: files, weight: 3}, {kind: dentries, weight: 1, from: 0.5, until: 0.75}',
      4000,
    );
    const lookups = stepsOf(operations, 'objectLookup');
    expect(lookups[0]).toBeGreaterThanOrEqual(2000);
    expect(lookups.at(-1)).toBeLessThan(3000);
    expect(lookups.length).toBeGreaterThan(180);
    expect(lookups.length).toBeLessThan(290);
  });

  it('is idle when nobody may act', () => {
    expect(
      operationsOf('{kind: files, from: 10}', 20)
        .slice(0, 10)
        .map((o) => o.op),
    ).toEqual(Array(10).fill('idle'));
  });

  it('keeps an actor’s own numbers when others come and go', () => {
    const sizes = (actors: string) => only(operationsOf(actors, 3000), 'mapAnon').map((o) => o.pages);
    const alone = sizes('{kind: processes, fork: 0}');
    const among = sizes('{kind: kernel}, {kind: processes, fork: 0}, {kind: dentries}');
    expect(alone.length).toBeGreaterThan(8);
    expect(among.slice(0, 8)).toEqual(alone.slice(0, 8));
  });

  it('runs on CPUs that exist', () => {
    const cpus = new Set(operationsOf(EVERYBODY).map((o) => o.cpu ?? 0));
    expect([...cpus].sort()).toEqual([0, 1]);
  });
});

describe('a mempool', () => {
  it('is made once, asked at its pace, and gets every element back', () => {
    const operations = operationsOf(
      '{kind: files}, {kind: mempool, from: 100, until: 1100, every: 100, hold: 30, minNr: 7, order: 2}',
    );
    const [made, ...others] = only(operations, 'poolCreate');
    expect(made).toMatchObject({ pool: OWN.pools, minNr: 7, order: 2 });
    expect(others).toEqual([]);
    const asked = stepsOf(operations, 'poolAlloc');
    expect(asked).toEqual([101, 201, 301, 401, 501, 601, 701, 801, 901, 1001]);
    expect(only(operations, 'poolAlloc').every(({ gfp }) => gfp === GFP_MASKS.noio)).toBe(true);
    expect(stepsOf(operations, 'free')).toEqual(asked.map((step) => step + 30));
  });

  it('may be a slab that only stands in for one, and there are no more than there are numbers', () => {
    const pretending = operationsOf('{kind: mempool, pretend: true}, {kind: mempool}', 300);
    expect(only(pretending, 'poolPretend').map(({ pool }) => pool)).toEqual([OWN.pools]);
    expect(only(pretending, 'poolCreate').map(({ pool }) => pool)).toEqual([OWN.pools + 1]);
    const many = Array(13).fill('{kind: mempool}').join(', ');
    expect(() => operationsOf(many)).toThrow('workload.actors: expected at most 12 mempools, met 13');
  });
});

describe('directories', () => {
  it('are a tree: each object below the first names the one it lies in', () => {
    const operations = operationsOf('{kind: dentries, directory: 4, population: 3, held: 0, free: 0}', 500);
    const parents = new Map(only(operations, 'objectLookup').map((o) => [o.object, o.parent]));
    const base = Math.min(...parents.keys());
    for (const [object, parent] of parents) {
      expect(parent).toBe(object === base ? undefined : base + Math.floor((object - base - 1) / 4));
    }
    expect(parents.size).toBeGreaterThan(30);
    const flat = only(operationsOf('{kind: dentries}', 500), 'objectLookup');
    expect(flat.some(({ parent }) => parent !== undefined)).toBe(false);
  });
});

describe('dentries with inodes', () => {
  it('name the cache of their inodes, and no number of theirs is an inode’s or another actor’s', () => {
    const actors = '{kind: dentries, inodes: dentry_cache, directory: 4, held: 0.2}, {kind: dentries}';
    const operations = only(operationsOf(actors, 3000), 'objectLookup');
    const paired = operations.filter(({ inode }) => inode !== undefined);
    const plain = operations.filter(({ inode }) => inode === undefined);
    expect(paired.length).toBeGreaterThan(500);
    expect(new Set(paired.map(({ inode }) => inode))).toEqual(new Set([0]));
    const dentries = new Set(paired.map(({ object }) => object));
    const others = new Set(plain.map(({ object }) => object));
    for (const object of dentries) {
      expect([dentries.has(object + 1), others.has(object), others.has(object + 1)]).toEqual([
        false,
        false,
        false,
      ]);
    }
    const first = Math.min(...dentries);
    for (const { object, parent } of paired) {
      const place = (object - first) / 2;
      expect(parent).toBe(place === 0 ? undefined : first + 2 * Math.floor((place - 1) / 4));
    }
  });

  it('are refused where no cache is called so', () => {
    expect(() => operationsOf('{kind: dentries, inodes: icache}')).toThrow(
      'workload.actors[0].inodes: expected the name of an object cache (dentry_cache), met icache',
    );
  });
});

describe('processes', () => {
  it('are as many as asked for, and end', () => {
    const operations = operationsOf('{kind: processes, live: 4, size: [10, 20]}', 4000);
    let alive = 0;
    let most = 0;
    for (const { op } of operations) {
      if (op === 'spawn' || op === 'fork') alive++;
      if (op === 'exit') alive--;
      most = Math.max(most, alive);
    }
    expect(most).toBe(4);
    expect(only(operations, 'exit').length).toBeGreaterThan(20);
    expect(only(operations, 'fork').length).toBeGreaterThan(3);
  });

  it.each(['steady', 'early', 'peak'])('touch all of their memory when it grows %s', (curve) => {
    const operations = operationsOf(
      `{kind: processes, live: 1, size: 50, fork: 0, libraries: 0, curve: ${curve}}`,
      4000,
    );
    const first = operations.slice(0, stepsOf(operations, 'exit')[0]);
    expect(new Set(only(first, 'touch').map((o) => o.page)).size).toBeGreaterThanOrEqual(48);
    expect(only(first, 'zap')).toHaveLength(curve === 'peak' ? 1 : 0);
  });

  it('share their libraries', () => {
    const operations = operationsOf('{kind: processes, live: 3, libraries: 2, fork: 0}', 1000);
    const mapped = only(operations, 'mapFile');
    expect(new Set(mapped.map((o) => o.file)).size).toBe(2);
    expect(mapped.length).toBe(2 * only(operations, 'spawn').length);
  });

  it('exit together in a burst', () => {
    const operations = operationsOf(
      '{kind: processes, live: 6, size: 100, fork: 0}, {kind: exitAll, from: 900}',
      1000,
    );
    expect(operations.slice(900, 906).map((o) => o.op)).toEqual(Array(6).fill('exit'));
    expect(demandOf(createLog(operations.slice(0, 906))).anon).toBe(0);
  });
});

describe('files', () => {
  it('are read each in turn where they are walked, so that one round reads every page', () => {
    const operations = operationsOf(
      '{kind: files, count: 12, size: 10, sequential: 1, write: 0, walk: sequential}',
      12 + 120,
    );
    const read = only(operations, 'readFile').map(({ file, page }) => `${file}:${page}`);
    expect(read).toHaveLength(120);
    expect(new Set(read).size).toBe(120);
  });

  it('are written in runs', () => {
    const runs = (writeRun: number) => {
      const operations = operationsOf(
        `{kind: files, count: 1, size: 1000, sequential: 1, write: 0.5, writeRun: ${writeRun}}`,
        1001,
      ).slice(1);
      return operations.filter((o, i) => i > 0 && o.op !== operations[i - 1]!.op).length;
    };
    expect(runs(1)).toBeGreaterThan(400);
    expect(runs(100)).toBeGreaterThan(0);
    expect(runs(100)).toBeLessThan(10);
  });

  it('are read through in order when nothing is random', () => {
    const operations = operationsOf('{kind: files, count: 1, size: 20, sequential: 1, write: 0}', 41);
    expect(only(operations, 'readFile').map((o) => o.page)).toEqual([
      ...Array(20).keys(),
      ...Array(20).keys(),
    ]);
  });

  it('are written as often as asked', () => {
    const operations = operationsOf('{kind: files, write: 0.25}', 4000);
    const share = only(operations, 'writeFile').length / 4000;
    expect(share).toBeGreaterThan(0.22);
    expect(share).toBeLessThan(0.28);
  });

  it('are replaced one for one', () => {
    const operations = operationsOf('{kind: files, count: 10, churn: 0.1}', 2000);
    const gone = only(operations, 'deleteFile').length;
    expect(gone).toBeGreaterThan(100);
    expect(only(operations, 'createFile').length - gone).toBeGreaterThanOrEqual(9);
  });
});

describe('dentries', () => {
  it('are walked one after the other by updatedb', () => {
    const operations = operationsOf('{kind: dentries, walk: sequential, held: 0, free: 0}', 500);
    expect(only(operations, 'objectLookup').map((o) => o.object)).toEqual([...Array(500).keys()]);
  });

  it('are held up to the share asked for', () => {
    const operations = operationsOf('{kind: dentries, population: 0.1, held: 0.05}', 8000);
    const held = only(operations, 'objectGet').length - only(operations, 'objectPut').length;
    const most = Math.floor(102 * 27 * 0.05);
    expect(held).toBeGreaterThanOrEqual(most - 1);
    expect(held).toBeLessThanOrEqual(most);
  });

  it('have numbers that no object of another cache or actor has', () => {
    const caches =
      '[{name: a, objectsPerSlab: 27}, {name: b, objectsPerSlab: 8}, {name: c, objectsPerSlab: 8}]';
    const actor = (rest: string) => `{kind: dentries, population: 0.01, held: 0, free: 0, ${rest}}`;
    const actors = [
      actor('cache: a, walk: sequential'),
      actor('cache: b'),
      actor('cache: a, inodes: c'),
      actor('cache: c'),
    ];
    const owner = new Map<number, string>();
    const operations = operationsOf(actors.join(', '), 4000, 1, `, objectCaches: ${caches}`);
    for (const { cache, object, inode } of only(operations, 'objectLookup')) {
      const named: [number, string][] = [[object, `${cache} ${inode}`]];
      if (inode !== undefined) named.push([object + 1, `inode ${inode}`]);
      for (const [number, of] of named) expect(owner.get(number) ?? of).toBe(of);
      for (const [number, of] of named) owner.set(number, of);
    }
    expect(new Set(owner.values()).size).toBe(5);
  });
});

describe('the kernel', () => {
  it('holds no more than it may, and frees what is not permanent', () => {
    const operations = operationsOf('{kind: kernel, live: 60, permanent: 0, lifetime: 20}', 4000);
    const { kernel, peak } = demandOf(createLog(operations));
    expect(peak).toBeLessThan(60 + 8);
    expect(kernel).toBeLessThan(60);
    expect(new Set(only(operations, 'alloc').map((o) => o.order))).toEqual(new Set([0, 1, 2, 3]));
  });

  it('asks without waiting for network buffers', () => {
    const network = only(operationsOf('{kind: kernel, network: 1}'), 'alloc');
    expect(new Set(network.map((o) => `${o.order} ${o.gfp} ${o.tag}`))).toEqual(new Set(['0 2 network']));
  });
});

describe('actors with a clock', () => {
  it('ask for no more blocks than they were told', () => {
    const asked = (count: string) =>
      only(
        operationsOf(`{kind: files}, {kind: highOrder, order: 5, every: 10, hold: 5${count}}`, 1000),
        'alloc',
      ).length;
    expect(asked(', count: 7')).toBe(7);
    expect(asked(', count: 0')).toBe(0);
    expect(asked('')).toBeGreaterThan(50);
  });

  it('ask for a block at set times and keep it as long as told', () => {
    const operations = operationsOf(
      '{kind: files}, {kind: highOrder, order: 5, from: 100, every: 100, hold: 30}',
      400,
    );
    expect(stepsOf(operations, 'alloc')).toEqual([100, 200, 300]);
    expect(stepsOf(operations, 'free')).toEqual([130, 230, 330]);
  });

  it('pin as many pages as asked', () => {
    const operations = operationsOf(
      '{kind: files}, {kind: pins, every: 20, count: 10}, {kind: pins, target: file, count: 2}',
    );
    expect(only(operations, 'lock')).toHaveLength(10);
    expect(only(operations, 'pin')).toHaveLength(2);
  });

  it('write back every so often', () => {
    const operations = operationsOf('{kind: files}, {kind: writeback, every: 500, pages: 0.5}', 2000);
    expect(stepsOf(operations, 'sync')).toEqual([0, 500, 1000, 1500]);
    expect(only(operations, 'sync')[0]).toMatchObject({ pages: 512 });
  });
});
