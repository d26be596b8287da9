/** One of the kernel's files as it would read at this moment of a machine. */
import { groupsByMobility } from '../../engine/list-types.ts';
import type { Machine } from '../../engine/machine.ts';
import { groupingDisabled } from '../../engine/mobility/types.ts';
import { printBuddyinfo } from '../../kernel-text/buddyinfo.ts';
import type { KernelFile } from '../../kernel-text/era.ts';
import { printExtfragIndex } from '../../kernel-text/extfrag-index.ts';
import { printPagetypeinfo } from '../../kernel-text/pagetypeinfo.ts';
import { printSlabinfo } from '../../kernel-text/slabinfo.ts';
import { printUnusableIndex } from '../../kernel-text/unusable-index.ts';
import { printVmstat } from '../../kernel-text/vmstat.ts';
import { printZoneRecords } from '../../kernel-text/zoneinfo.ts';
import { eraNote, layoutOf } from './era.ts';
import type { EventTally } from './event-tally.ts';
import { buddyinfoOf, extfragIndexOf, unusableIndexOf } from './free-lists.ts';
import { pagetypeinfoOf } from './pagetypeinfo.ts';
import { slabinfoOf } from './slabs.ts';
import { vmstatOf } from './vmstat.ts';
import { zoneRecordsOf } from './zones.ts';

export interface KernelText {
  /** Byte for byte in the kernel's layout. */
  readonly text: string;
  /** What a reader should know: a layout of another era. One line each. */
  readonly notes: readonly string[];
}

/** @param tally events since boot; only vmstat needs it */
export function kernelText(m: Machine, file: KernelFile, tally: EventTally | null): KernelText {
  const policy = m.config.policy.name;
  const era = eraNote(policy, file);
  const notes = era === null ? [] : [era];
  const layout = layoutOf(policy, file);
  switch (file) {
    case 'buddyinfo':
      return { text: printBuddyinfo(buddyinfoOf(m)), notes };
    case 'slabinfo':
      return { text: printSlabinfo(slabinfoOf(m, layout)), notes };
    case 'pagetypeinfo':
      return {
        text: printPagetypeinfo([pagetypeinfoOf(m, notFirst(layout))]),
        notes: [...notes, ...groupingNotes(m)],
      };
    case 'zoneinfo':
      return { text: printZoneRecords(zoneRecordsOf(m, notFirst(layout))), notes };
    case 'extfrag_index':
      return { text: printExtfragIndex(extfragIndexOf(m)), notes };
    case 'unusable_index':
      return { text: printUnusableIndex(unusableIndexOf(m)), notes };
    case 'vmstat':
      if (tally === null) throw new Error('vmstat needs the events since boot');
      return { text: printVmstat(vmstatOf(m, layout, tally)), notes };
  }
}

/** What a reader of pagetypeinfo should know of a machine without grouping, or too small for it. */
function groupingNotes(m: Machine): string[] {
  if (!groupsByMobility(m.config))
    return ['no grouping by mobility here: every block counts as Unmovable, as where it is switched off'];
  if (!groupingDisabled(m.config)) return [];
  return [
    `grouping is switched off below five pageblocks of ${1 << m.config.pageblockOrder} pages: every block is Unmovable`,
  ];
}

/** Files that 2.6.9 lacked are never in its layout. */
function notFirst(layout: ReturnType<typeof layoutOf>): '2.6.24' | '6.12' {
  return layout === '2.6.9' ? '6.12' : layout;
}
