/** The simulated machine a recording is played on. */
import type {
  BootRange,
  MachineConfig,
  PolicyConfig,
  PolicyId,
  ZoneConfig,
  ZoneName,
} from '../../engine/config.ts';
import { COST_TABLES, type DeviceName } from '../../engine/cost.ts';
import type { EventTable } from '../../kernel-text/event-table.ts';
import type { ZoneinfoZone } from '../../kernel-text/zoneinfo.ts';
import { POLICY_DEFAULTS } from '../../scenario/policy-schema.ts';
import { KPF, type PageFlagRuns, runHas } from '../kpageflags.ts';
import { machinePages } from './as-recorded.ts';
import { zoneRanges } from './zones.ts';

export interface RecordedMachineOptions {
  /** Zones of a zoneinfo text read before the recording. */
  zones?: readonly ZoneinfoZone[];
  /** Flags of every page, and the row before which they were read (below 0 or absent: the first). */
  flags?: { runs: PageFlagRuns; at?: number };
  /** Default order0-slab. */
  policy?: PolicyId;
  /** Parameters of the policy that are not to be their defaults. */
  policyParameters?: Partial<Omit<PolicyConfig, 'name'>>;
  device?: DeviceName;
  /** Default a quarter of memory. */
  swapPages?: number;
  seed?: number;
  /** Most page frames simulated. Default 2^24: 64 GiB of 4 KiB pages. */
  maxPages?: number;
}

/** 16 MiB, what ISA DMA reaches. */
const DMA_PAGES = 4096;
const MAX_CPUS = 64;
const MAX_PAGES = 1 << 24;
/** Frames from here on are damage in the text, not memory. */
const DAMAGE = 2 ** 28;
const ROUND = 1024;

/** @throws RangeError when the recording's machine is too large */
export function recordedMachine(
  table: EventTable,
  options: RecordedMachineOptions = {},
): { config: MachineConfig; assumptions: string[] } {
  const ranges = zoneRanges(options.zones ?? []);
  const before = options.flags === undefined ? {} : { before: { flags: options.flags.runs } };
  const highest = machinePages(table, ranges.length > 0 ? { zones: ranges } : before, DAMAGE);
  const pages = Math.max(ROUND, highest);
  const maxPages = options.maxPages ?? MAX_PAGES;
  if (pages > maxPages) {
    throw new RangeError(`the recording's machine has ${pages} pages: at most ${maxPages} are simulated`);
  }
  const { zones, boot, assumptions } = layout(pages, options);
  const cpus = Math.min(MAX_CPUS, highestCpu(table) + 1);
  const swapPages = options.swapPages ?? Math.floor(pages / 4);
  const device = options.device ?? 'ssd';
  const config: MachineConfig = {
    pages,
    zones,
    boot,
    cpus,
    maxOrder: 10,
    pageblockOrder: 9,
    slabOrder: 5,
    stackOrder: 0,
    ptesPerTable: 1024,
    arrays: { limit: 24, batchcount: 12, shared: cpus === 1 ? 0 : 96 },
    swapPages,
    swappiness: 60,
    objectCaches: [{ name: 'recorded', objectsPerSlab: 1, shrinker: true, seeks: 2 }],
    cost: COST_TABLES[device],
    policy: { ...POLICY_DEFAULTS, ...options.policyParameters, name: options.policy ?? 'order0-slab' },
    seed: options.seed ?? 1,
  };
  assumptions.push(
    `${cpus} ${cpus === 1 ? 'CPU' : 'CPUs'}: one more than the highest number in the recording, at most ${MAX_CPUS}`,
    `swap of ${swapPages} pages${options.swapPages === undefined ? ', a quarter of memory' : ''}; device ${COST_TABLES[device].device}`,
  );
  return { config, assumptions };
}

function highestCpu(table: EventTable): number {
  let highest = 0;
  for (let row = 0; row < table.length; row++) highest = Math.max(highest, table.cpu[row]!);
  return highest;
}

interface Layout {
  zones: ZoneConfig[];
  boot: BootRange[];
  assumptions: string[];
}

function layout(pages: number, options: RecordedMachineOptions): Layout {
  const known = options.zones === undefined ? [] : zonesAsRecorded(pages, options.zones);
  if (known.length === 0) return guessedLayout(pages, options.flags?.runs);
  const boot = options.flags
    ? bootFromFlags(pages, options.flags.runs)
    : bootFromZoneinfo(options.zones!, pages);
  const gaps = gapsBetween(zoneRanges(options.zones!), pages);
  return {
    zones: known,
    boot: [...boot, ...gaps],
    assumptions: [
      `${pages} pages in the zones of the snapshot's zoneinfo`,
      options.flags
        ? 'reserved pages and holes as the snapshot has them'
        : 'reserved pages at the start of each zone, holes at its end: zoneinfo tells their number only',
    ],
  };
}

function guessedLayout(pages: number, flags: PageFlagRuns | undefined): Layout {
  const zones: ZoneConfig[] =
    pages > DMA_PAGES
      ? [
          { name: 'DMA', start: 0, end: DMA_PAGES },
          { name: 'Normal', start: DMA_PAGES, end: pages },
        ]
      : [{ name: 'Normal', start: 0, end: pages }];
  const named = zones.map(({ name, start, end }) => `${name} ${start} to ${end - 1}`).join(', ');
  return {
    zones,
    boot: flags === undefined ? [] : bootFromFlags(pages, flags),
    assumptions: [
      `${pages} pages: the highest page frame recorded, rounded up to ${ROUND}; zones ${named}`,
      flags === undefined
        ? 'no page is reserved or in use beyond those the recording tells of: there is no snapshot from before it'
        : 'reserved pages and holes as the snapshot has them',
    ],
  };
}

const ZONE_NAMES: ReadonlySet<string> = new Set(['DMA', 'DMA32', 'Normal', 'HighMem', 'Movable']);

/** The engine's zones cover memory without gaps, so each begins where the one before ends; gaps are holes. */
function zonesAsRecorded(pages: number, zones: readonly ZoneinfoZone[]): ZoneConfig[] {
  const found: ZoneConfig[] = [];
  let start = 0;
  for (const range of zoneRanges(zones)) {
    const end = Math.min(range.end, pages);
    if (end <= start) continue;
    const name = (ZONE_NAMES.has(range.zone) ? range.zone : 'Normal') as ZoneName;
    found.push({ name, start, end });
    start = end;
  }
  const last = found.pop();
  if (last !== undefined) found.push({ ...last, end: pages });
  return found;
}

function gapsBetween(ranges: readonly { start: number; end: number }[], pages: number): BootRange[] {
  const gaps: BootRange[] = [];
  let next = 0;
  for (const { start, end } of ranges) {
    if (start > next && next < pages) gaps.push(hole(next, Math.min(start, pages)));
    next = Math.max(next, end);
  }
  if (next < pages) gaps.push(hole(next, pages));
  return gaps;
}

const hole = (start: number, end: number): BootRange => ({ start, pages: end - start, kind: 'hole' });

/** Runs of absent and reserved pages; pages the file says nothing of are absent. */
function bootFromFlags(pages: number, runs: PageFlagRuns): BootRange[] {
  const boot: BootRange[] = [];
  let next = 0;
  for (let i = 0; i < runs.length && runs.firstPfn[i]! < pages; i++) {
    const start = runs.firstPfn[i]!;
    const end = Math.min(pages, start + runs.pages[i]!);
    if (start > next) boot.push(hole(next, start));
    next = end;
    if (runHas(runs, i, KPF.noPage)) boot.push(hole(start, end));
    else if (runHas(runs, i, KPF.reserved)) boot.push({ start, pages: end - start, kind: 'reserved' });
  }
  if (next < pages) boot.push(hole(next, pages));
  return boot;
}

function bootFromZoneinfo(zones: readonly ZoneinfoZone[], pages: number): BootRange[] {
  const boot: BootRange[] = [];
  for (const { startPfn, spanned, present, managed } of zones) {
    if (startPfn === null || spanned === null || present === null) continue;
    const end = Math.min(startPfn + spanned, pages);
    const reserved = managed === null ? 0 : Math.max(0, present - managed);
    const absent = Math.max(0, spanned - present);
    const cut = Math.max(startPfn, end - absent);
    if (absent > 0 && cut < end) boot.push(hole(cut, end));
    const reservedEnd = Math.min(startPfn + reserved, cut);
    if (reservedEnd > startPfn)
      boot.push({ start: startPfn, pages: reservedEnd - startPfn, kind: 'reserved' });
  }
  return boot;
}
