/** The actors of a generated workload. Sizes are shares of memory, so that a larger machine gets a larger load. */
import * as v from 'valibot';
import { GFP_MASKS, type GfpName } from '../engine/gfp.ts';
import { ALLOC_TAG, type AllocTag } from '../engine/operation.ts';
import { flag, int, MOST_STEPS, moment, num, oneOf, share, size, sizeRange, text } from './fields.ts';

const span = {
  from: v.optional(moment('First step the actor may act at. Default 0.'), 0),
  until: v.exactOptional(moment('First step it may no longer act at. Default: the end of the workload.')),
};
const weight = {
  weight: v.optional(
    num(0, 1_000_000, 'How often it acts, against the weights of the others. Default 1.'),
    1,
  ),
};
const skew = (what: string) =>
  v.optional(
    int(0, 2, `Zipf exponent of ${what}: 0 all alike, 1 the classic skew, 2 a few take all. Default 1.`),
    1,
  );

/** Names of the GFP composites, for `gfp` fields. */
export const gfpName = (description: string) =>
  oneOf(Object.keys(GFP_MASKS) as [GfpName, ...GfpName[]], description);
/** What a kernel allocation is for. */
export const allocTag = (description: string) =>
  oneOf(Object.keys(ALLOC_TAG) as [AllocTag, ...AllocTag[]], description);

const processes = v.strictObject({
  kind: v.literal('processes'),
  ...weight,
  ...span,
  live: v.optional(int(1, 4096, 'Processes alive at once. Default 8.'), 8),
  size: v.optional(sizeRange('Anonymous memory of one process. Default 0.02 to 0.06.'), [0.02, 0.06]),
  curve: v.optional(
    oneOf(
      ['steady', 'early', 'peak'],
      'How memory grows over a life: evenly, all at first, or at first, with the upper half given back before the end. Default early.',
    ),
    'early',
  ),
  hold: v.optional(
    num(0, 100, 'Touches of a full process before it exits, as a multiple of its pages. Default 1.'),
    1,
  ),
  idle: v.optional(
    share('Share of touches that go to pages it has already, which sets their referenced bits. Default 0.2.'),
    0.2,
  ),
  write: v.optional(share('Share of touches of old pages that write. Default 0.5.'), 0.5),
  fork: v.optional(share('Share of new processes that are forked from a live one. Default 0.2.'), 0.2),
  libraries: v.optional(int(0, 7, 'Shared library files that every process maps. Default 2.'), 2),
  librarySize: v.optional(size('Size of one library file. Default 0.02.'), 0.02),
});

const files = v.strictObject({
  kind: v.literal('files'),
  ...weight,
  ...span,
  count: v.optional(int(1, 4096, 'Files that exist at once. Default 16.'), 16),
  size: v.optional(sizeRange('Size of one file. Default 0.005 to 0.04.'), [0.005, 0.04]),
  sequential: v.optional(
    share('Share of accesses that read on from start to end of a file; the others are Zipf. Default 0.7.'),
    0.7,
  ),
  skew: skew('the choice of file and page'),
  write: v.optional(share('Share of accesses that write. Default 0.1.'), 0.1),
  mmap: v.optional(share('Share of accesses made through a mapping. Default 0.'), 0),
  churn: v.optional(share('Chance of an access to delete a file and create another. Default 0.'), 0),
  walk: v.optional(
    oneOf(
      ['zipf', 'sequential'],
      'Which file is read on from its start: a popular one, or each in turn, so that all are in memory after one round. Default zipf.',
    ),
    'zipf',
  ),
  writeRun: v.optional(
    int(
      1,
      4096,
      'Pages of a file in a row that are written or read alike, so that dirty pages lie in clusters: while a file is read on, whether it writes is drawn once for each such run. Default 1.',
    ),
    1,
  ),
});

const dentries = v.strictObject({
  kind: v.literal('dentries'),
  ...weight,
  ...span,
  cache: v.exactOptional(text(20, "Name of one of the machine's object caches. Default: the first.")),
  population: v.optional(
    size('Memory the objects would take if all were cached in full pages. Default 0.05.'),
    0.05,
  ),
  walk: v.optional(
    oneOf(
      ['zipf', 'sequential'],
      'Which object is looked up: popular ones, or each in turn as updatedb does. Default zipf.',
    ),
    'zipf',
  ),
  skew: skew('the choice of object'),
  held: v.optional(share('Share of the objects kept referenced: open files. Default 0.02.'), 0.02),
  free: v.optional(share('Chance of an access to free an object. Default 0.02.'), 0.02),
  directory: v.optional(
    int(
      0,
      65_535,
      'Objects in one directory, whose own object each of them keeps in use. Default 0: no directories.',
    ),
    0,
  ),
  inodes: v.exactOptional(
    text(
      20,
      'Name of the object cache of their inodes: a dentry keeps its own in use while it is cached. Default: they have none.',
    ),
  ),
});

const kernel = v.strictObject({
  kind: v.literal('kernel'),
  ...weight,
  ...span,
  live: v.optional(size('Pages its living allocations hold at most. Default 0.06.'), 0.06),
  orders: v.exactOptional(
    v.pipe(
      v.array(int(0, 1_000_000, ''), 'a list of weights, order 0 first'),
      v.minLength(1, 'at least one weight'),
      v.maxLength(11, 'at most 11 weights'),
      v.description(
        'Weights of the orders asked for, order 0 first. Default [16, 3, 2, 1], up to machine.maxOrder.',
      ),
    ),
  ),
  lifetime: v.optional(moment('Mean life of an allocation. Default 0.2.'), 0.2),
  permanent: v.optional(share('Share of allocations that are never freed. Default 0.1.'), 0.1),
  network: v.optional(
    share('Share that are network buffers: GFP_ATOMIC, one page, an eighth of the life. Default 0.2.'),
    0.2,
  ),
  vmalloc: v.optional(share('Share that are pages of vmalloc areas. Default 0.'), 0),
});

const highOrder = v.strictObject({
  kind: v.literal('highOrder'),
  ...span,
  every: v.optional(moment('Steps from one request to the next. Default 0.05.'), 0.05),
  order: int(1, 10, 'Order of the requests.'),
  hold: v.optional(moment('Steps a block is kept. Default 0.05.'), 0.05),
  gfp: v.optional(gfpName('GFP mask of the requests. Default kernel.'), 'kernel'),
  tag: v.optional(allocTag('What the blocks are for. Default kmalloc.'), 'kmalloc'),
  count: v.exactOptional(int(0, 65_536, 'Requests to make in all. Default: as many as there is time for.')),
});

const mempool = v.strictObject({
  kind: v.literal('mempool'),
  ...span,
  minNr: v.optional(int(1, 64, 'min_nr: elements the pool sets apart. Default 4.'), 4),
  order: v.optional(int(0, 10, 'Order of an element. Default 0.'), 0),
  every: v.optional(moment('Steps from one request to the next. Default 0.02.'), 0.02),
  hold: v.optional(moment('Steps an element is kept. Default 0.04.'), 0.04),
  gfp: v.optional(
    gfpName('GFP mask of the requests. Default noio: somebody who is about to write a page.'),
    'noio',
  ),
  pretend: v.optional(
    flag(
      'Whether a slab stands in for the pool: as many free objects, which anybody may take. Default false.',
    ),
    false,
  ),
});

const pins = v.strictObject({
  kind: v.literal('pins'),
  ...span,
  every: v.optional(moment('Steps from one pin to the next. Default 0.1.'), 0.1),
  count: v.optional(int(0, 4096, 'Pages to pin in all. Default 1.'), 1),
  target: v.optional(
    oneOf(
      ['mlock', 'file'],
      'A region of one page that is mlocked, or a file page with an extra reference. Default mlock.',
    ),
    'mlock',
  ),
});

const writeback = v.strictObject({
  kind: v.literal('writeback'),
  ...span,
  every: v.optional(moment('Steps from one run of pdflush to the next. Default 0.05.'), 0.05),
  pages: v.optional(size('Dirty pages written in one run at most. Default 0.05.'), 0.05),
});

const exitAll = v.strictObject({
  kind: v.literal('exitAll'),
  ...span,
  every: v.exactOptional(moment('Steps from one burst to the next. Default: one burst, at `from`.')),
  share: v.optional(share('Share of the live processes that exit, one after the other. Default 1.'), 1),
});

export const actorSchema = v.variant(
  'kind',
  [processes, files, dentries, kernel, highOrder, mempool, pins, writeback, exitAll],
  'one of processes, files, dentries, kernel, highOrder, mempool, pins, writeback, exitAll',
);

export const workloadSchema = v.strictObject(
  {
    steps: v.exactOptional(int(0, MOST_STEPS, 'Operations to generate. Give this or stepsPerPage.')),
    stepsPerPage: v.exactOptional(
      num(
        0,
        1000,
        'Operations to generate for every page frame, so that a larger machine runs as far. Default 1.',
      ),
    ),
    after: v.optional(int(0, 1_000_000, 'Operations the same actors go on for after `steps`. Default 0.'), 0),
    meanDt: v.optional(
      int(0, 1_000_000_000, 'Mean simulated time between operations, in microseconds. Default 1,000.'),
      1000,
    ),
    actors: v.optional(
      v.pipe(
        v.array(actorSchema, 'a list of actors'),
        v.maxLength(64, 'at most 64 actors'),
        v.description(
          'Who acts. At each step one of them, drawn by weight, gives the next operation of its own life.',
        ),
      ),
      [],
    ),
    recording: v.exactOptional(
      text(200, 'Name of a recording whose operations are used, instead of steps and actors.'),
    ),
    hash: v.exactOptional(text(128, 'Hash of the recording, to know it again.')),
  },
  'a map with steps and actors, or with recording',
);

export type Actor = v.InferOutput<typeof actorSchema>;
export type ActorOf<K extends Actor['kind']> = Extract<Actor, { kind: K }>;
