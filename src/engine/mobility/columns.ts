/** The columns behind grouping by mobility. */
import type { MachineConfig } from '../config.ts';
import { groupsByMobility } from '../list-types.ts';

/** Numbers a zone has in `mobility`; what they are: zone-state.ts. */
export const MOBILITY_FIELDS = 16;
/** Numbers a zone and CPU has in `pcpState`; what they are: pcp-6.12.ts. */
export const PCP_FIELDS = 5;

/** Columns of a machine that groups pages; empty for the others, so that their state is what it was. */
export function createMobilityColumns(config: MachineConfig): {
  pageblockType: Uint8Array;
  mobility: Uint32Array;
  pcpState: Uint32Array;
} {
  const groups = groupsByMobility(config);
  const blocks = Math.ceil(config.pages / (1 << config.pageblockOrder));
  return {
    pageblockType: new Uint8Array(groups ? blocks : 0),
    mobility: new Uint32Array(groups ? config.zones.length * MOBILITY_FIELDS : 0),
    pcpState: new Uint32Array(
      config.policy.name === 'mobility-compaction' ? config.zones.length * config.cpus * PCP_FIELDS : 0,
    ),
  };
}
