/** The machine of a scenario, with every default filled in. */
import type { BootRange, MachineConfig, PolicyConfig, ZoneConfig } from '../engine/config.ts';
import { COST_TABLES, type CostTable } from '../engine/cost.ts';
import { POLICY_DEFAULTS, POLICY_PARAMETERS } from './policy-schema.ts';
import type { Scenario } from './schema.ts';
import { pagesOf } from './sizes.ts';
import type { Warning } from './warning.ts';

type Written = Scenario['machine'];

/** 64 MiB: from here on the kernel's own zone bounds are used. */
const REAL_SIZE = 16_384;
/** 16 MiB, what ISA DMA reaches. */
const DMA_PAGES = 4096;

/**
 * Pages of the DMA zone where none is written: 4,096, below 64 MiB a quarter of memory rounded down to 1,024
 * pages, below 16 MiB to 256. A machine too small for that has no DMA zone.
 */
function dmaPages(pages: number): number {
  if (pages >= REAL_SIZE) return DMA_PAGES;
  const unit = pages < 4096 ? 256 : 1024;
  return Math.floor(pages / 4 / unit) * unit;
}

/** Zones as spans; the last runs to the end of memory whatever its own size says. */
export function zonesOf(machine: Written): ZoneConfig[] {
  const dma = dmaPages(machine.pages);
  const written =
    machine.zones ??
    (dma > 0
      ? [{ name: 'DMA' as const, pages: dma }, { name: 'Normal' as const }]
      : [{ name: 'Normal' as const }]);
  let start = 0;
  return written.map((zone, i) => {
    const last = i === written.length - 1;
    const size = 'pages' in zone && zone.pages !== undefined ? pagesOf(zone.pages, machine.pages) : 0;
    const end = last ? machine.pages : start + size;
    const span = { name: zone.name, start, end, ...marksOf(zone) };
    start = end;
    return span;
  });
}

/** The marks a zone says itself. */
function marksOf(zone: NonNullable<Written['zones']>[number]): Pick<ZoneConfig, 'min' | 'low' | 'high'> {
  return {
    ...(zone.min === undefined ? {} : { min: zone.min }),
    ...(zone.low === undefined ? {} : { low: zone.low }),
    ...(zone.high === undefined ? {} : { high: zone.high }),
  };
}

/** Ranges taken before the allocator exists. */
export function bootOf(machine: Written): BootRange[] {
  const boot = machine.boot ?? 0.05;
  if (Array.isArray(boot)) return boot;
  const pages = pagesOf(boot, machine.pages);
  return pages === 0 ? [] : [{ start: 0, pages, kind: 'reserved' }];
}

function costOf(device: Written['device']): CostTable {
  if (typeof device === 'string') return COST_TABLES[device];
  const { like, name, ...prices } = device;
  const base = COST_TABLES[like];
  return { ...base, ...prices, device: name ?? base.device };
}

/** The policy's own parameters over the defaults; those of other policies are left out. */
function policyOf({ policy, machine }: Scenario): PolicyConfig {
  const { name } = policy;
  const known = POLICY_PARAMETERS[name];
  const own = Object.fromEntries(Object.entries(policy).filter(([key]) => known.includes(key)));
  // a daemon that moves pages watches an order from the start: "kicks in when an order falls below threshold"
  const daemonThresholds = name === 'page-moving' ? { [machine.slabOrder]: 1 } : {};
  return { ...POLICY_DEFAULTS, daemonThresholds, ...own, name };
}

/** The engine's configuration of a checked scenario. */
export function machineConfigOf(scenario: Scenario): MachineConfig {
  const { machine } = scenario;
  const swap = machine.swapPages ?? Math.floor((machine.swapShare ?? 0.5) * machine.pages);
  return {
    pages: machine.pages,
    zones: zonesOf(machine),
    boot: bootOf(machine),
    cpus: machine.cpus,
    maxOrder: machine.maxOrder,
    pageblockOrder: Math.min(machine.pageblockOrder, machine.maxOrder),
    slabOrder: machine.slabOrder,
    stackOrder: machine.stackOrder,
    ptesPerTable: machine.ptesPerTable ?? (machine.pages < REAL_SIZE ? 64 : 1024),
    arrays: { ...machine.arrays, shared: machine.cpus === 1 ? 0 : machine.arrays.shared },
    ...(machine.minFreeKbytes === undefined ? {} : { minFreeKbytes: machine.minFreeKbytes }),
    ...(machine.pageCacheOrder
      ? { pageCache: { order: machine.pageCacheOrder, fallback: machine.pageCacheFallback ?? 'smaller' } }
      : {}),
    swapPages: swap,
    swappiness: machine.swappiness,
    objectCaches: machine.objectCaches,
    cost: costOf(machine.device),
    policy: policyOf(scenario),
    seed: scenario.seed,
  };
}

/** Things worth saying about a machine that are no errors. */
export function machineWarnings(scenario: Scenario): Warning[] {
  const { machine, policy } = scenario;
  const config = machineConfigOf(scenario);
  const warnings: Warning[] = [];
  const known = POLICY_PARAMETERS[policy.name];
  for (const key of Object.keys(policy)) {
    if (key !== 'name' && !known.includes(key)) {
      warnings.push({ field: `policy.${key}`, policy: policy.name });
    }
  }
  const arrays = config.zones.length * 3 * (config.cpus * config.arrays.limit + config.arrays.shared);
  if (policy.name === 'order0-slab' && arrays * 4 > config.pages) {
    const percent = Math.round((arrays * 100) / config.pages);
    warnings.push(
      `machine.arrays can hold ${arrays} pages, ${percent} % of memory: smaller arrays suit a small machine`,
    );
  }
  const slab = 1 << config.slabOrder;
  for (const zone of config.zones) {
    if (zone.start % slab !== 0) {
      warnings.push(`zone ${zone.name} starts at ${zone.start}, inside an aligned window of ${slab} pages`);
    }
    if (zone.end - zone.start < slab)
      warnings.push(`zone ${zone.name} is smaller than one slab of ${slab} pages`);
  }
  if (machine.cpus > 1 && machine.arrays.shared === 0) {
    warnings.push('machine.arrays.shared is 0: the CPUs share no array');
  }
  if (policy.name === 'order0-slab' && machine.zones?.some((zone) => zone.name === 'HighMem')) {
    warnings.push(
      'slabs in HighMem are make-believe: slab hands out kernel addresses, and HighMem pages have none',
    );
  }
  return warnings;
}
