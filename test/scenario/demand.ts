/**
 * The pages a list of operations asks to be resident, if nothing were ever reclaimed: a yardstick for workloads
 * that knows no allocator. Page tables and object slabs are counted as full.
 */
import { decodeOperation, type Operation, type OperationLog } from '../../src/engine/operation.ts';

export interface Demand {
  /** Pages by kind after the last operation. */
  anon: number;
  file: number;
  kernel: number;
  objects: number;
  stacks: number;
  /** The largest sum met on the way, and where. */
  peak: number;
  peakStep: number;
  /** The largest sum without pages in files: what reclaim can have back only by swapping, if at all. */
  peakHeld: number;
  /** The sum at the end. */
  total: number;
}

type Page = { users: number };

/** @param objectsPerPage objects in one page of an object cache */
export function demandOf(log: OperationLog, length = log.length, objectsPerPage = 27): Demand {
  const processes = new Map<number, Map<string, Page>>();
  const files = new Map<number, Set<number>>();
  const mappings = new Map<string, number>();
  const blocks = new Map<number, number>();
  const objects = new Set<string>();
  const sum = { anon: 0, file: 0, kernel: 0, stacks: 0 };
  let peak = 0;
  let peakStep = 0;
  let peakHeld = 0;
  const drop = (page: Page) => {
    if (--page.users === 0) sum.anon--;
  };
  const cached = (file: number, page: number) => {
    const pages = files.get(file) ?? new Set<number>();
    files.set(file, pages);
    if (!pages.has(page)) sum.file++;
    pages.add(page);
  };
  const apply = (o: Operation): void => {
    switch (o.op) {
      case 'spawn':
        processes.set(o.process, new Map());
        sum.stacks += 3;
        return;
      case 'fork': {
        const copy = new Map(processes.get(o.process));
        for (const page of copy.values()) page.users++;
        processes.set(o.child, copy);
        for (let region = 0; region < 8; region++) {
          const file = mappings.get(`${o.process}.${region}`);
          if (file !== undefined) mappings.set(`${o.child}.${region}`, file);
        }
        sum.stacks += 3;
        return;
      }
      case 'exit':
        for (const page of processes.get(o.process)?.values() ?? []) drop(page);
        processes.delete(o.process);
        for (let region = 0; region < 8; region++) mappings.delete(`${o.process}.${region}`);
        sum.stacks -= 3;
        return;
      case 'mapFile':
        mappings.set(`${o.process}.${o.region}`, o.file);
        return;
      case 'unmap':
        mappings.delete(`${o.process}.${o.region}`);
        return;
      case 'touch': {
        const file = mappings.get(`${o.process}.${o.region}`);
        if (file !== undefined) return cached(file, o.page);
        const pages = processes.get(o.process)!;
        const key = `${o.region}.${o.page}`;
        const page = pages.get(key);
        if (page !== undefined && (page.users === 1 || !o.write)) return;
        if (page !== undefined) page.users--;
        pages.set(key, { users: 1 });
        sum.anon++;
        return;
      }
      case 'zap': {
        const pages = processes.get(o.process)!;
        for (let i = o.page; i < o.page + o.pages; i++) {
          const page = pages.get(`${o.region}.${i}`);
          if (page) drop(page);
          pages.delete(`${o.region}.${i}`);
        }
        return;
      }
      case 'readFile':
      case 'writeFile':
        return cached(o.file, o.page);
      case 'deleteFile':
        sum.file -= files.get(o.file)?.size ?? 0;
        files.delete(o.file);
        return;
      case 'alloc':
        blocks.set(o.id, 1 << o.order);
        sum.kernel += 1 << o.order;
        return;
      case 'free':
        sum.kernel -= blocks.get(o.id) ?? 0;
        blocks.delete(o.id);
        return;
      case 'objectGet':
      case 'objectLookup':
        objects.add(`${o.cache}.${o.object}`);
        return;
      case 'objectFree':
        objects.delete(`${o.cache}.${o.object}`);
        return;
      default:
        return;
    }
  };
  const pagesOfObjects = () => Math.ceil(objects.size / objectsPerPage);
  const total = () => sum.anon + sum.file + sum.kernel + sum.stacks + pagesOfObjects();
  for (let i = 0; i < length; i++) {
    apply(decodeOperation(log, i));
    peakHeld = Math.max(peakHeld, total() - sum.file);
    if (total() > peak) {
      peak = total();
      peakStep = i;
    }
  }
  return { ...sum, objects: pagesOfObjects(), peak, peakStep, peakHeld, total: total() };
}
