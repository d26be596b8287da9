/**
 * The declared price of every action, in nanoseconds: one table a person can see and change. A request's latency is
 * the sum of the actions it caused. The figures are models of the named device, not measurements of a machine.
 */

export interface CostTable {
  /** Name shown beside the figures. */
  readonly device: string;
  /** Remove one PTE through rmap, without the flush. */
  readonly unmapPte: number;
  /** Flush one TLB entry on every CPU that may hold it. */
  readonly tlbFlush: number;
  /** Take a clean page out of its cache and free it. */
  readonly dropPage: number;
  /** Write a dirty file page and wait. */
  readonly writePage: number;
  /** Write an anonymous page to swap and wait. */
  readonly swapOut: number;
  /** Read a file page from the device. */
  readonly readPage: number;
  /** Read a page from swap. */
  readonly swapIn: number;
  /** Copy a 4 KiB page. */
  readonly copyPage: number;
  /** Change one PTE. */
  readonly updatePte: number;
  /** Look at one page while choosing or scanning. */
  readonly scanPage: number;
  /** Look at one slab descriptor while choosing. */
  readonly scanSlab: number;
  /** One buddy operation: take or give a block, a split, a merge. */
  readonly buddyStep: number;
  /** Pop or push on a per-CPU list or array. */
  readonly arrayStep: number;
  /** Clear one kernel object through its shrinker. */
  readonly clearObject: number;
}

const MEMORY = {
  unmapPte: 250,
  tlbFlush: 300,
  dropPage: 800,
  copyPage: 500,
  updatePte: 250,
  scanPage: 20,
  scanSlab: 50,
  buddyStep: 15,
  arrayStep: 8,
  clearObject: 150,
};

/** Every priced action; a column of counts has this order. */
export const ACTIONS = [
  'unmapPte',
  'tlbFlush',
  'dropPage',
  'writePage',
  'swapOut',
  'readPage',
  'swapIn',
  'copyPage',
  'updatePte',
  'scanPage',
  'scanSlab',
  'buddyStep',
  'arrayStep',
  'clearObject',
] as const satisfies readonly Exclude<keyof CostTable, 'device'>[];
export type Action = (typeof ACTIONS)[number];

/** Place of each action in a column of counts. */
export const ACTION = Object.fromEntries(ACTIONS.map((name, i) => [name, i])) as Record<Action, number>;

/** Device presets: a 2003 disk, a SATA SSD, an NVMe drive. Random 4 KiB accesses. */
export const COST_TABLES = {
  hdd: {
    device: 'HDD',
    ...MEMORY,
    writePage: 8_000_000,
    swapOut: 8_000_000,
    readPage: 8_000_000,
    swapIn: 8_000_000,
  },
  ssd: { device: 'SSD', ...MEMORY, writePage: 90_000, swapOut: 100_000, readPage: 90_000, swapIn: 100_000 },
  nvme: { device: 'NVMe', ...MEMORY, writePage: 20_000, swapOut: 22_000, readPage: 80_000, swapIn: 80_000 },
} as const satisfies Record<string, CostTable>;
export type DeviceName = keyof typeof COST_TABLES;

/** Whether a table is none of the declared ones. */
export function hasOwnPrices(cost: CostTable): boolean {
  const declared = Object.values(COST_TABLES).find(({ device }) => device === cost.device);
  return declared === undefined || ACTIONS.some((action) => cost[action] !== declared[action]);
}
