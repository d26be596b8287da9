/** Finding pages by what a person types. */
import { hex, plural } from '../../base/text.ts';
import type { Pfn } from '../../base/units.ts';
import { FLAG, PAGE } from '../../engine/frames.ts';
import type { Machine } from '../../engine/machine.ts';
import { objectExists, objectPfn } from '../../engine/objects/object-slab.ts';
import { isMlocked } from '../../engine/user/rmap.ts';
import { sentence } from '../narration/words.ts';
import { allocatedBlockOf, freeBlockOf } from './block.ts';
import { type Run, runsOf } from './look.ts';
import { outsideSlabs } from './owner.ts';
import { inspectProcess } from './process.ts';
import { type Ask, parseQuery, QUERY_EXAMPLES, type Trait } from './query.ts';
import { whereIs } from './where.ts';

export interface Found {
  readonly query: string;
  /** Rising runs of pages, at most the limit asked for. */
  readonly runs: readonly Run[];
  /** Pages found in all, also those not told. */
  readonly pages: number;
  readonly runsOmitted: number;
  /** One sentence without a full stop: how many, or why none, or what is understood. */
  readonly message: string;
  readonly understood: boolean;
}

/** Runs told where nobody says how many. */
export const FIND_LIMIT = 512;

/** Pages that a query names. Never throws: what is not understood is said. */
export function findPages(m: Machine, query: string, limit = FIND_LIMIT): Found {
  const ask = parseQuery(
    query,
    m.config.objectCaches.map((cache) => cache.name),
  );
  if (ask === null) {
    const shown = query.trim().slice(0, 40);
    const message = `"${shown}" is not understood: try ${QUERY_EXAMPLES}`;
    return { query, runs: [], pages: 0, runsOmitted: 0, message, understood: false };
  }
  const found = pagesOf(m, ask);
  const pfns = typeof found === 'string' ? [] : found;
  const runs = runsOf(pfns);
  const message = typeof found === 'string' ? sentence(found) : foundWords(ask, pfns, runs.length);
  return {
    query,
    runs: runs.slice(0, limit),
    pages: pfns.length,
    runsOmitted: Math.max(0, runs.length - limit),
    message,
    understood: true,
  };
}

function foundWords(ask: Ask, pfns: readonly Pfn[], runs: number): string {
  const what =
    ask.kind === 'trait' ? ask.trait : ask.kind === 'order' ? `${ask.state} of order ${ask.order}` : '';
  if (pfns.length === 0) return `No page is ${what}`;
  const places =
    pfns.length === 1 ? `Page ${hex(pfns[0]!)}` : `${plural(pfns.length, 'page')} in ${plural(runs, 'run')}`;
  return what === '' ? places : `${places}: ${what}`;
}

/** Rising page frames, or why there are none. */
function pagesOf(m: Machine, ask: Ask): readonly Pfn[] | string {
  switch (ask.kind) {
    case 'pfn':
      return ask.pfn < m.config.pages ? [ask.pfn] : outside(m, ask.pfn);
    case 'owner': {
      const { pfn, reason, ownerText } = whereIs(m, ask.owner);
      return pfn === null ? `${ownerText}: ${reason}` : [pfn];
    }
    case 'process':
      return processPages(m, ask.process, ask.region);
    case 'file':
      return filePages(m, ask.file);
    case 'allocation':
      return allocationPages(m, ask.id);
    case 'object':
      if (!objectExists(m, ask.object)) return `${ask.name} ${ask.object} does not exist`;
      if (m.owner[objectPfn(m, ask.object)] !== ask.cache)
        return `object ${ask.object} is none of ${ask.name}`;
      return [objectPfn(m, ask.object)];
    case 'objects':
      return orElse(
        pick(m, (pfn) => m.kind[pfn] === PAGE.objSlab && m.owner[pfn] === ask.cache),
        () => `${ask.name} has no object slab`,
      );
    case 'slab':
      return slabPages(m, ask.pfn);
    case 'cache':
      return orElse(
        pick(
          m,
          (pfn) =>
            (m.slabCache[pfn >>> m.config.slabOrder]! + 2) % 3 === ask.cls &&
            m.slabCache[pfn >>> m.config.slabOrder] !== 0,
        ),
        () => `${ask.name} has no slab`,
      );
    case 'order':
      return pick(
        m,
        (pfn) => (ask.state === 'free' ? freeBlockOf : allocatedBlockOf)(m, pfn)?.order === ask.order,
      );
    case 'trait':
      return pick(m, (pfn) => TRAITS[ask.trait](m, pfn));
  }
}

function outside(m: Machine, pfn: number): string {
  return `Page ${hex(pfn)} is outside the machine: expected 0x000 to ${hex(m.config.pages - 1)}`;
}

function pick(m: Machine, test: (pfn: Pfn) => boolean): Pfn[] {
  const found: Pfn[] = [];
  for (let pfn = 0; pfn < m.config.pages; pfn++) if (test(pfn)) found.push(pfn);
  return found;
}

function orElse(pfns: readonly Pfn[], why: () => string): readonly Pfn[] | string {
  return pfns.length > 0 ? pfns : why();
}

function processPages(m: Machine, process: number, region: number | null): readonly Pfn[] | string {
  const report = inspectProcess(m, process);
  if (report.view === 'nothing') return report.reason;
  const regions = report.regions.filter((r) => region === null || r.region === region);
  if (region !== null && regions.length === 0) return `process ${process} has no region ${region}`;
  const pfns = new Set(regions.flatMap((r) => r.frames.map((frame) => frame.pfn)));
  if (region === null) {
    for (const pfn of report.tables) pfns.add(pfn);
    for (let i = 0; report.stack && i < 1 << report.stack.order; i++) pfns.add(report.stack.pfn + i);
  }
  return orElse(
    [...pfns].sort((a, b) => a - b),
    () => `region ${region} of process ${process} has no resident page`,
  );
}

function filePages(m: Machine, file: number): readonly Pfn[] | string {
  if (m.fileAlive[file] !== 1) return `file ${file} does not exist`;
  const pfns = pick(m, (pfn) => m.kind[pfn] === PAGE.file && m.owner[pfn] === file);
  return orElse(pfns, () => `file ${file} has no resident page`);
}

function allocationPages(m: Machine, id: number): readonly Pfn[] | string {
  const { pfn, reason } = whereIs(m, { kind: 'allocation', id, page: 0 });
  if (pfn === null) return reason;
  return Array.from({ length: 1 << m.allocOrder[id]! }, (_, i) => pfn + i);
}

function slabPages(m: Machine, pfn: number): readonly Pfn[] | string {
  if (pfn >= m.config.pages) return outside(m, pfn);
  const none = outsideSlabs(m, pfn);
  if (none) return none.reason;
  const k = m.config.slabOrder;
  return Array.from({ length: 1 << k }, (_, i) => ((pfn >>> k) << k) + i);
}

const hasFlag = (flag: number) => (m: Machine, pfn: Pfn) => (m.flags[pfn]! & flag) !== 0;
const isKind =
  (...kinds: readonly number[]) =>
  (m: Machine, pfn: Pfn) =>
    kinds.includes(m.kind[pfn]!);

const TRAITS: Readonly<Record<Trait, (m: Machine, pfn: Pfn) => boolean>> = {
  mlocked: isMlocked,
  pinned: (m, pfn) => m.pins[pfn]! > 0,
  dirty: hasFlag(FLAG.dirty),
  referenced: hasFlag(FLAG.referenced),
  active: hasFlag(FLAG.active),
  'under writeback': hasFlag(FLAG.writeback),
  'in the swap cache': hasFlag(FLAG.swapCache),
  stranded: hasFlag(FLAG.stranded),
  mapped: (m, pfn) => m.mapcount[pfn]! > 0,
  shared: (m, pfn) => m.mapcount[pfn]! > 1,
  free: isKind(PAGE.free),
  idle: isKind(PAGE.slabIdle),
  parked: isKind(PAGE.slabParked, PAGE.pcp),
  anonymous: isKind(PAGE.anon),
  'a file page': isKind(PAGE.file),
  'an object slab': isKind(PAGE.objSlab),
  'a page table': isKind(PAGE.pageTable),
  'a kernel stack': isKind(PAGE.stack),
  kernel: isKind(PAGE.kmalloc, PAGE.pageTable, PAGE.stack, PAGE.vmalloc, PAGE.highOrder),
  boot: isKind(PAGE.boot),
};
