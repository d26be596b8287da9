/** What a machine's policy changes at boot: the marks of its kernel, pageblock types, blocks set aside. */
import type { Order, Pfn, ZoneIndex } from '../../base/units.ts';
import { buddyFree } from '../buddy.ts';
import type { MachineConfig, ZoneConfig } from '../config.ts';
import { C } from '../counters.ts';
import { groupsByMobility } from '../list-types.ts';
import { type Machine, Z } from '../machine.ts';
import { setZoneField, type Watermarks, watermarks269, zoneField, zoneMarks } from '../zone.ts';
import { resetScanners } from './compact-defer.ts';
import { CHECK_PERIOD_NS } from './kcompactd.ts';
import { lowmemReserves, watermarks2624 } from './marks-2.6.24.ts';
import { watermarks612 } from './marks-6.12.ts';
import { reserveBlocks } from './rmqueue-2.6.24.ts';
import { typedFree } from './typed-buddy.ts';
import { groupingDisabled, migrateTypes } from './types.ts';

/** min, low and high of each zone by the rule of the policy's kernel, or as its zone says itself. */
export function zoneMarksOf(
  config: MachineConfig,
  present: readonly number[],
  managed: readonly number[],
): Watermarks[] {
  const sized = config.zones.map(({ name }, z) => ({ name, present: present[z]! }));
  if (!groupsByMobility(config))
    return watermarks269(sized, config.minFreeKbytes).map((rule, z) => zoneMarks(config.zones[z]!, rule));
  const rules =
    config.policy.name === 'mobility-lumpy'
      ? watermarks2624(sized, config.minFreeKbytes)
      : watermarks612(
          sized.map((zone, z) => ({ ...zone, present: managed[z]! })),
          config.pageblockOrder,
          config.minFreeKbytes,
        );
  return rules.map((rule, z) => ownMarks(config.zones[z]!, rule));
}

/** A zone's own marks; low and high keep their distance from min, a quarter and a half of it. */
function ownMarks(zone: ZoneConfig, rule: Watermarks): Watermarks {
  const min = zone.min ?? rule.min;
  const step = zone.min === undefined ? rule.low - rule.min : Math.trunc(min / 4);
  const low = Math.max(min, zone.low ?? min + step);
  return { min, low, high: Math.max(low, zone.high ?? min + 2 * step) };
}

/** memmap_init_zone gives every pageblock the type MOVABLE. */
export function typeBlocks(m: Machine): void {
  if (!groupingDisabled(m.config)) m.pageblockType.fill(migrateTypes(m.config).movable);
}

/** Frees a block of boot memory into the policy's lists. */
export function freeAtBoot(m: Machine, zone: ZoneIndex, pfn: Pfn, order: Order): void {
  const { config } = m;
  if (!groupsByMobility(config)) {
    buddyFree(m, zone, pfn, order);
    return;
  }
  typedFree(m, zone, pfn, order, config.policy.name === 'mobility-compaction');
}

/** Reserves, and in 2.6.24 the pageblocks set aside; nothing for a policy that does not group. */
export function bootMobility(m: Machine): void {
  const { config } = m;
  if (!groupsByMobility(config)) return;
  const sized = config.zones.map(({ name }, z) => ({
    name,
    present: zoneField(m, z, config.policy.name === 'mobility-lumpy' ? Z.present : Z.managed),
  }));
  lowmemReserves(sized).forEach((row, zone) => {
    row.forEach((pages, cls) => {
      setZoneField(m, zone, Z.protection + cls, pages);
    });
  });
  if (config.policy.name === 'mobility-compaction') m.counters[C.kcompactdDueNs] = CHECK_PERIOD_NS;
  for (let zone = 0; zone < config.zones.length; zone++) {
    if (config.policy.name === 'mobility-lumpy') reserveBlocks(m, zone);
    else resetScanners(m, zone);
  }
}
