/** One door to all views of the machine at its present state: a subject in, a report out, all plain data. */
import type { Machine } from '../../engine/machine.ts';
import { type Act, actsFor } from './acts.ts';
import { type BlockReport, inspectBlock } from './block.ts';
import { type BootReport, inspectBoot } from './boot.ts';
import { type CachesReport, inspectCaches } from './caches.ts';
import { type CpusReport, inspectCpus } from './cpus.ts';
import { type FileReport, inspectFile } from './file.ts';
import { inspectLru, type LruReport } from './lru.ts';
import { inspectObjectSlab, type ObjectSlabReport } from './object-slab.ts';
import { inspectOutlook, type OutlookReport } from './outlook.ts';
import type { Nothing, Owner } from './owner.ts';
import { inspectPage, type PageReport } from './page.ts';
import {
  inspectPageblocks,
  inspectTypedLists,
  type PageblocksReport,
  type TypedListsReport,
} from './pageblocks.ts';
import { inspectPools, type PoolsReport } from './pools.ts';
import { inspectProcess, type ProcessReport } from './process.ts';
import { inspectScanners, type ScannersReport } from './scanners.ts';
import { inspectSlab, type SlabReport } from './slab.ts';
import { type WhereReport, whereIs } from './where.ts';
import { inspectZones, type ZonesReport } from './zones.ts';

/** What to look at. A `pfn` names the thing that the page is part of. */
export type Subject =
  | { readonly view: 'page' | 'block' | 'slab' | 'object-slab' | 'acts'; readonly pfn: number }
  | { readonly view: 'process'; readonly process: number }
  | { readonly view: 'file'; readonly file: number }
  | { readonly view: 'where'; readonly owner: Owner }
  | { readonly view: 'lru'; readonly limit?: number }
  | { readonly view: 'outlook'; readonly order: number }
  | { readonly view: 'pageblocks' | 'typed-lists' | 'scanners' }
  | { readonly view: 'cpus' | 'caches' | 'zones' | 'boot' | 'pools' };

export interface ActsReport {
  readonly view: 'acts';
  readonly pfn: number;
  readonly acts: readonly Act[];
}

/** Tagged by `view`: the subject's, or `nothing` with the reason. */
export type Report =
  | PageReport
  | BlockReport
  | SlabReport
  | ObjectSlabReport
  | ActsReport
  | ProcessReport
  | FileReport
  | WhereReport
  | LruReport
  | CpusReport
  | CachesReport
  | ZonesReport
  | BootReport
  | PoolsReport
  | OutlookReport
  | PageblocksReport
  | TypedListsReport
  | ScannersReport
  | Nothing;

/**
 * Looks. Page frames must lie in the machine; other numbers may name nothing.
 * @param child number for a process that an act makes, where operations to come name others
 * @param inside whether the machine stands inside an operation, whose events so far are in its log
 */
export function inspect(m: Machine, subject: Subject, child?: number, inside = false): Report {
  switch (subject.view) {
    case 'page':
      return inspectPage(m, subject.pfn);
    case 'block':
      return inspectBlock(m, subject.pfn);
    case 'slab':
      return inspectSlab(m, subject.pfn);
    case 'object-slab':
      return inspectObjectSlab(m, subject.pfn);
    case 'acts':
      return { view: 'acts', pfn: subject.pfn, acts: actsFor(m, subject.pfn, child) };
    case 'process':
      return inspectProcess(m, subject.process);
    case 'file':
      return inspectFile(m, subject.file);
    case 'where':
      return whereIs(m, subject.owner);
    case 'lru':
      return inspectLru(m, subject.limit);
    case 'cpus':
      return inspectCpus(m);
    case 'caches':
      return inspectCaches(m);
    case 'zones':
      return inspectZones(m);
    case 'boot':
      return inspectBoot(m);
    case 'pools':
      return inspectPools(m);
    case 'outlook':
      return inspectOutlook(m, subject.order);
    case 'pageblocks':
      return inspectPageblocks(m);
    case 'typed-lists':
      return inspectTypedLists(m);
    case 'scanners':
      return inspectScanners(m, inside);
  }
}
