/** The `machine` part of a scenario file. */
import * as v from 'valibot';
import type { CostTable } from '../engine/cost.ts';
import { COST_TABLES } from '../engine/cost.ts';
import { flag, int, intSaying, MOST_PAGES, num, oneOf, size, text } from './fields.ts';

const mark = (name: string, otherwise: string) =>
  int(0, MOST_PAGES, `The zone's ${name} mark, in pages: how much stays free for whom. ${otherwise}`);

const zone = v.strictObject(
  {
    name: oneOf(
      ['DMA', 'DMA32', 'Normal', 'HighMem', 'Movable'],
      "The zone's name, as the kernel prints it.",
    ),
    pages: v.exactOptional(size('Page frames of the zone; the last zone runs to the end of memory.')),
    min: v.exactOptional(mark('min', "Default: the zone's share of min_free_kbytes.")),
    low: v.exactOptional(mark('low', 'Default: twice min.')),
    high: v.exactOptional(mark('high', 'Default: three times min.')),
  },
  'a zone: a map with name and pages',
);

const bootRange = v.strictObject(
  {
    start: int(0, MOST_PAGES - 1, 'First page frame of the range.'),
    pages: int(1, MOST_PAGES, 'Page frames in the range.'),
    kind: v.optional(
      oneOf(['reserved', 'hole'], 'reserved: kernel image and boot data; hole: no memory there.'),
      'reserved',
    ),
    what: v.exactOptional(
      text(40, 'What lies there, such as kernel image. Default: kernel image and boot data.'),
    ),
  },
  'a range: a map with start and pages',
);

const nanoseconds = (what: string) => v.exactOptional(int(0, 10_000_000_000, `${what}, in nanoseconds.`));

const PRICES = {
  unmapPte: 'Remove one page table entry through rmap',
  tlbFlush: 'Flush one TLB entry',
  dropPage: 'Take a clean page out of its cache and free it',
  writePage: 'Write a dirty file page and wait',
  swapOut: 'Write an anonymous page to swap and wait',
  readPage: 'Read a file page from the device',
  swapIn: 'Read a page from swap',
  copyPage: 'Copy one page',
  updatePte: 'Change one page table entry',
  scanPage: 'Look at one page while choosing or scanning',
  scanSlab: 'Look at one slab descriptor while choosing',
  buddyStep: 'One buddy operation: take or give a block, a split, a merge',
  arrayStep: 'Pop or push on a per-CPU list or array',
  clearObject: 'Clear one kernel object through its shrinker',
} as const satisfies Record<Exclude<keyof CostTable, 'device'>, string>;

type Prices = { [K in keyof typeof PRICES]: ReturnType<typeof nanoseconds> };
const prices = Object.fromEntries(
  Object.entries(PRICES).map(([name, what]) => [name, nanoseconds(what)]),
) as Prices;

/** Names of the device presets. */
const deviceName = oneOf(
  Object.keys(COST_TABLES) as [keyof typeof COST_TABLES, ...(keyof typeof COST_TABLES)[]],
  'A device whose declared prices are used: a disk of 2003, a SATA SSD, an NVMe drive.',
);

const device = v.pipe(
  v.union(
    [
      deviceName,
      v.strictObject(
        {
          like: v.optional(deviceName, 'ssd'),
          name: v.exactOptional(text(40, 'Name shown beside the figures.')),
          ...prices,
        },
        'hdd, ssd, nvme, or a map of prices',
      ),
    ],
    'hdd, ssd, nvme, or a map of prices',
  ),
  v.description('The price of every action: a device by name, or a map of prices that differ from one.'),
);

const arrays = v.pipe(
  v.strictObject(
    {
      limit: int(1, 1024, 'Pages a per-CPU array holds. 2.6.9 has 24 for objects of 4 KiB.'),
      batchcount: int(1, 1024, 'Pages moved at once between an array and the slabs. 2.6.9 has 12.'),
      shared: int(
        0,
        4096,
        'Pages the array shared by all CPUs holds. 2.6.9 has 96; a machine with one CPU has none.',
      ),
    },
    'a map with limit, batchcount and shared',
  ),
  v.description(
    "Per-CPU arrays of the three order-0 caches. Small machines want small ones: the kernel's would hold much of memory.",
  ),
);

const objectCache = v.strictObject(
  {
    name: text(20, "The cache's name in slabinfo, such as dentry_cache."),
    objectsPerSlab: int(1, 64, 'Objects in one page.'),
    shrinker: v.optional(
      flag('Whether the cache has a shrinker; one without can never be told to clear. Default true.'),
      true,
    ),
    ctor: v.exactOptional(
      flag('Whether objects are constructed when their page comes, and stay so while free. Default false.'),
    ),
    seeks: v.optional(int(1, 16, 'Cost of making an object again: DEFAULT_SEEKS is 2.'), 2),
  },
  'an object cache: a map with name and objectsPerSlab',
);

export const machineSchema = v.strictObject(
  {
    pages: intSaying(
      64,
      MOST_PAGES,
      `an integer from 64 to ${MOST_PAGES} (16 GiB, the largest machine)`,
      'Page frames of 4 KiB in the machine.',
    ),
    zones: v.exactOptional(
      v.pipe(
        v.array(zone, 'a list of zones'),
        v.minLength(1, 'at least one zone'),
        v.description(
          'Zones, lowest addresses first. Default: DMA is the first 16 MiB (the first quarter below 64 MiB), Normal the rest.',
        ),
      ),
    ),
    boot: v.exactOptional(
      v.pipe(
        v.union(
          [size(''), v.pipe(v.array(bootRange, 'a list of ranges'), v.maxLength(256, 'at most 256 ranges'))],
          'a size, or a list of ranges',
        ),
        v.description(
          'Page frames taken before the allocator exists: a size at PFN 0, or a list of ranges. Default 0.05 (5 % of memory).',
        ),
      ),
    ),
    cpus: v.optional(int(1, 64, 'Processors. Default 1.'), 1),
    slabOrder: v.optional(
      int(2, 10, "MAX_GFP_ORDER: slabs are 2^slabOrder pages. Default 5, slab's own constant in 2003."),
      5,
    ),
    maxOrder: v.optional(int(2, 10, 'Highest buddy order. Default 10 (MAX_ORDER 11 is exclusive).'), 10),
    pageblockOrder: v.optional(
      int(
        2,
        10,
        'Order of the blocks that mobility policies give one type each. Default 9 (2 MiB, the huge page of x86); fewer than five blocks switch grouping off, so small machines say 5.',
      ),
      9,
    ),
    stackOrder: v.optional(
      int(0, 2, 'Order of a kernel stack: 1 is 8 KiB, 0 is CONFIG_4KSTACKS. Default 1.'),
      1,
    ),
    ptesPerTable: v.exactOptional(
      int(4, 1024, 'Entries of a page table page. Default 1,024 (i386); 64 below 64 MiB, so that they show.'),
    ),
    arrays: v.optional(arrays, { limit: 24, batchcount: 12, shared: 96 }),
    minFreeKbytes: v.exactOptional(
      int(
        0,
        16_777_216,
        "The kernel's vm.min_free_kbytes, shared out by size as the zones' min marks. Default: 4 times the root of low memory's kilobytes, 128 to 16,384; on a small machine the 128 are much.",
      ),
    ),
    pageCacheOrder: v.exactOptional(
      int(
        0,
        9,
        'Order of the folios that files are read in: 2^order pages in a row, read, written and evicted as one. Default 0: single pages.',
      ),
    ),
    pageCacheFallback: v.exactOptional(
      oneOf(
        ['smaller', 'single-pages', 'fail'],
        'What a read does that cannot have its folio. Default smaller, as today; fail is a file system that needs its block size.',
      ),
    ),
    swapPages: v.exactOptional(int(0, MOST_PAGES, 'Swap space in pages; 0 is none.')),
    swapShare: v.exactOptional(
      num(0, 4, 'Swap space as a multiple of memory; 0 is none. Default 0.5. Give this or swapPages.'),
    ),
    swappiness: v.optional(int(0, 100, "The kernel's vm.swappiness. Default 60."), 60),
    device: v.optional(device, 'ssd'),
    objectCaches: v.optional(
      v.pipe(
        v.array(objectCache, 'a list of object caches'),
        v.maxLength(8, 'at most 8 object caches'),
        v.description(
          'Caches of kernel objects on order0-kreclaim pages. Default: dentry_cache with 27 objects a page.',
        ),
      ),
      [{ name: 'dentry_cache', objectsPerSlab: 27 }],
    ),
  },
  'a map with at least pages',
);
