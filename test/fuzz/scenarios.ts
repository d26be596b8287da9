/** Whole scenarios drawn from the schema's own ranges: machine, prices, policy, actors and written operations. */
import fc from 'fast-check';
import type { PolicyId } from '../../src/engine/config.ts';
import { type Scenario, scenarioSchema } from '../../src/scenario/schema.ts';
import type { Node } from '../../src/scenario/schema-keys.ts';
import { validateScenario } from '../../src/scenario/validate.ts';
import { accepted } from './schema-arbitrary.ts';

/** What is drawn, before what fields ask of each other is seen to. */
type Draft = { -readonly [K in keyof Scenario]: Scenario[K] };

const range = (min: number, max: number) => fc.integer({ min, max });

/** Small machines, on which some hundred operations fill memory; larger ones, up to 20,000 pages, now and then. */
const pages = fc.oneof(
  { weight: 24, arbitrary: range(64, 600) },
  { weight: 6, arbitrary: range(600, 3_000) },
  { weight: 1, arbitrary: range(3_000, 8_000) },
  { weight: 1, arbitrary: range(8_000, 20_000) },
);

/**
 * Numbers are kept where operations meet: a few processes, files and allocations, regions and files of up to a
 * thousand pages. Sizes that only make a run long (swap, object numbers) stop where they change nothing more.
 */
const scenario = accepted(scenarioSchema as unknown as Node, {
  'machine.pages': pages,
  'machine.zones': 5,
  'machine.zones[].min': 200,
  'machine.zones[].low': 400,
  'machine.zones[].high': 600,
  'machine.zones[].pages': 20_000,
  'machine.boot': 20_000,
  'machine.boot[].start': 2_000,
  'machine.boot[].pages': 500,
  'machine.cpus': 8,
  'machine.minFreeKbytes': 4_000,
  'machine.swapPages': 20_000,
  'machine.objectCaches': 8,
  // long enough to fill most of those machines, and to be tight for a while
  'workload.steps': range(300, 3_000),
  'workload.stepsPerPage': fc.double({ min: 0.5, max: 1.5, noNaN: true }),
  'workload.after': 300,
  'workload.actors': 8,
  'workload.actors[].live': 200,
  'workload.actors[].count': 300,
  'workload.actors[].size': 3_000,
  'workload.actors[].size[]': 3_000,
  'workload.actors[].librarySize': 500,
  'workload.actors[].population': 2_000,
  'workload.actors[].directory': 200,
  'workload.actors[].from': 3_000,
  'workload.actors[].until': 6_000,
  'workload.actors[].every': 1_000,
  'workload.actors[].hold': 1_000,
  'workload.actors[].lifetime': 3_000,
  'workload.actors[].orders[]': 20,
  'workload.actors[].order': 10,
  steps: 80,
  'steps[].process': 5,
  'steps[].child': 5,
  'steps[].region': 2,
  'steps[].page': 600,
  'steps[].pages': 1_000,
  'steps[].file': 5,
  'steps[].id': 60,
  'steps[].pool': 3,
  'steps[].object': 300,
  'steps[].parent': 300,
  'steps[].slab': 700,
  openAt: fc.constant(0),
  notes: fc.constant([]),
  questions: fc.constant([]),
}) as fc.Arbitrary<Draft>;

/** Written operations that give the others something to meet: files, processes with memory, a mapping, pools. */
const OPENING: Scenario['steps'] = [0, 1, 2].flatMap((n) => [
  { op: 'createFile', file: n, pages: 200 + 100 * n } as const,
  { op: 'spawn', process: n } as const,
  { op: 'mapAnon', process: n, region: 0, pages: 150 } as const,
  { op: 'mapFile', process: n, region: 1, file: n, pages: 120 } as const,
  { op: 'poolCreate', pool: n, minNr: 2 + n, order: 0 } as const,
]);

/** Operations by which a scenario touches what it has opened, beside those drawn; in its own order. */
const touches = fc.array(
  fc.oneof(
    fc.record({
      op: fc.constant('touch' as const),
      process: range(0, 3),
      region: range(0, 1),
      page: range(0, 149),
      write: fc.boolean(),
    }),
    fc.record({
      op: fc.constantFrom('readFile' as const, 'writeFile' as const),
      file: range(0, 3),
      page: range(0, 399),
    }),
    fc.record({ op: fc.constant('fork' as const), process: range(0, 3), child: range(0, 5) }),
  ),
  { maxLength: 150, size: 'max' },
);

/** A scenario under `policy` that its reader accepts. */
export function anyScenario(policy: PolicyId): fc.Arbitrary<Scenario> {
  return fc.tuple(scenario, touches, fc.integer()).map(([draft, more, salt]) => {
    const steps = shuffled([...(draft.steps ?? []), ...more], salt);
    return agreed({ ...draft, policy: { ...draft.policy, name: policy }, steps: [...OPENING, ...steps] });
  });
}

/** A list in another order, the same for the same salt. */
function shuffled<T>(list: readonly T[], salt: number): T[] {
  const key = (i: number) => Math.imul(i + 1, 0x9e3779b1 ^ salt) >>> 0;
  return list
    .map((item, i) => [key(i), item] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, item]) => item);
}

const ZONES = ['DMA', 'DMA32', 'Normal', 'HighMem', 'Movable'];

/** Makes fields agree that a scenario's reader holds against each other. */
function agreed(draft: Draft): Scenario {
  const machine = agreedMachine(draft.machine);
  const checked = validateScenario({
    ...draft,
    machine,
    ...(draft.workload ? { workload: agreedWorkload(draft.workload, machine) } : {}),
    steps: draft.steps.map((step) => agreedStep(step, machine)),
  });
  if (!checked.ok) throw new Error(checked.problems.map(({ message }) => message).join('; '));
  return checked.scenario;
}

type MachinePart = Scenario['machine'];

function agreedMachine(drawn: MachinePart): MachinePart {
  const { swapShare, zones, boot, ...rest } = drawn;
  const maxOrder = drawn.maxOrder ?? 10;
  const arrays = drawn.arrays && {
    ...drawn.arrays,
    batchcount: Math.min(drawn.arrays.limit, drawn.arrays.batchcount),
  };
  return {
    ...rest,
    maxOrder,
    slabOrder: Math.min(maxOrder, drawn.slabOrder ?? 5),
    ...(arrays ? { arrays } : {}),
    ...(drawn.pageCacheOrder === undefined
      ? {}
      : { pageCacheOrder: Math.min(maxOrder, drawn.pageCacheOrder) }),
    ...(swapShare === undefined || drawn.swapPages !== undefined ? {} : { swapShare }),
    ...(zones === undefined ? {} : { zones: agreedZones(zones, drawn.pages) }),
    ...(boot === undefined ? {} : { boot: agreedBoot(boot, drawn.pages) }),
  };
}

/** Each zone once, in order, with marks that rise, within memory and the last to its end. */
function agreedZones(
  drawn: NonNullable<MachinePart['zones']>,
  memory: number,
): NonNullable<MachinePart['zones']> {
  const names = [...new Set(drawn.map(({ name }) => name))].sort(
    (a, b) => ZONES.indexOf(a) - ZONES.indexOf(b),
  );
  const zones = names.map((name) => drawn.find((zone) => zone.name === name)!);
  let left = memory - 1;
  return zones.map(({ name, pages = 0.3, min, low, high }, i) => {
    const wanted = pages < 1 ? Math.floor(pages * memory) : pages;
    const behind = zones.length - 1 - i;
    const size = Math.max(1, Math.min(wanted, left - behind));
    left -= size;
    const marks = { min: min ?? 0, low: Math.max(min ?? 0, low ?? 0) };
    return {
      name,
      ...(behind > 0 ? { pages: size } : {}),
      ...(min === undefined ? {} : { min }),
      ...(low === undefined ? {} : { low: marks.low }),
      ...(high === undefined ? {} : { high: Math.max(marks.low, high) }),
    };
  });
}

/** Ranges one behind the other, at most half of memory; a size likewise. */
function agreedBoot(
  drawn: NonNullable<MachinePart['boot']>,
  memory: number,
): NonNullable<MachinePart['boot']> {
  const most = memory >> 1;
  if (!Array.isArray(drawn)) return drawn < 1 ? Math.min(0.9, drawn) : Math.min(drawn, most);
  let end = 0;
  let left = most;
  return drawn.flatMap((one) => {
    const size = Math.min(one.pages, left);
    const start = end + (one.start % (memory >> 3));
    if (size < 1 || start + size > memory) return [];
    end = start + size;
    left -= size;
    return [{ ...one, start, pages: size }];
  });
}

type WorkloadPart = NonNullable<Scenario['workload']>;

function agreedWorkload(drawn: WorkloadPart, machine: MachinePart): WorkloadPart {
  const { recording: _, hash: __, stepsPerPage, ...rest } = drawn;
  const names = machine.objectCaches?.map(({ name }) => name) ?? ['dentry_cache'];
  const named = (text: string) => names[text.length % names.length]!;
  const actors = (drawn.actors ?? []).flatMap((actor): WorkloadPart['actors'] => {
    if (actor.kind === 'kernel') {
      const orders = actor.orders?.slice(0, (machine.maxOrder ?? 10) + 1);
      if (orders === undefined) return [actor];
      return [{ ...actor, orders: orders.some((n) => n > 0) ? orders : [1] }];
    }
    if (actor.kind === 'dentries') {
      if (names.length === 0) return [];
      const { cache, inodes, ...others } = actor;
      return [
        {
          ...others,
          ...(cache === undefined ? {} : { cache: named(cache) }),
          ...(inodes === undefined ? {} : { inodes: named(inodes) }),
        },
      ];
    }
    if (actor.kind === 'highOrder' || actor.kind === 'mempool')
      return [
        {
          ...actor,
          ...(actor.order === undefined ? {} : { order: Math.min(actor.order, machine.maxOrder ?? 10) }),
        },
      ];
    if ('size' in actor && Array.isArray(actor.size)) {
      const inPages = (size: number) => (size < 1 ? size * machine.pages : size);
      const [a, b] = actor.size;
      return [{ ...actor, size: inPages(a) > inPages(b) ? [b, a] : [a, b] }];
    }
    return [actor];
  });
  return {
    ...rest,
    ...(stepsPerPage === undefined || drawn.steps !== undefined ? {} : { stepsPerPage }),
    ...(drawn.actors === undefined ? {} : { actors }),
  };
}

function agreedStep(step: Scenario['steps'][number], machine: MachinePart): Scenario['steps'][number] {
  const caches = machine.objectCaches?.length ?? 1;
  // without object caches there is no object: the step asks for nothing
  if ('cache' in step && caches === 0) return { op: 'idle' };
  return {
    ...step,
    ...('cache' in step ? { cache: step.cache % caches } : {}),
    ...('order' in step && step.order !== undefined
      ? { order: Math.min(step.order, machine.maxOrder ?? 10) }
      : {}),
    ...(step.cpu === undefined ? {} : { cpu: step.cpu % (machine.cpus ?? 1) }),
  } as Scenario['steps'][number];
}
