/** Marks of a zone's per-CPU lists in the policy's kernel; 6.12 has one set for a CPU and no cold lists. */
import { type Machine, Z } from '../../engine/machine.ts';
import { pcpMarks2624 } from '../../engine/mobility/pcp-2.6.24.ts';
import { pcpMarks612 } from '../../engine/mobility/pcp-6.12.ts';
import { type PcpMarks, pcpMarks } from '../../engine/per-cpu.ts';
import { zoneField } from '../../engine/zone.ts';

export function pcpMarksOf(m: Machine, zone: number, cold: boolean, cpu = 0): PcpMarks {
  const present = zoneField(m, zone, Z.present);
  switch (m.config.policy.name) {
    case 'mobility-lumpy':
      return { low: 0, ...pcpMarks2624(present, cold) };
    case 'mobility-compaction':
      return cold ? { low: 0, high: 0, batch: 0 } : { low: 0, ...pcpMarks612(m, zone, cpu) };
    default:
      return pcpMarks(present, cold);
  }
}
