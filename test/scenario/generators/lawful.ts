/** Follows a list of operations with sets and maps and names the first that makes no sense to a kernel. */
import type { Operation } from '../../../src/engine/operation.ts';

/** What is wrong with operation i, or undefined when the whole list could be a program. */
export function firstUnlawful(operations: readonly Operation[]): string | undefined {
  const regions = new Map<number, Map<number, { pages: number; file: number }>>();
  const files = new Map<number, number>();
  const allocations = new Set<number>();
  const held = new Set<string>();
  const pools = new Set<number>();

  const region = (o: { process: number; region: number }) => regions.get(o.process)?.get(o.region);
  const isMapped = (file: number) =>
    [...regions.values()].some((maps) => [...maps.values()].some((map) => map.file === file));
  const inFile = (file: number, page: number) => page < (files.get(file) ?? 0);

  const isLawful = (o: Operation): boolean => {
    switch (o.op) {
      case 'spawn':
        return !regions.has(o.process) && regions.set(o.process, new Map()) !== undefined;
      case 'exit':
        return regions.delete(o.process);
      case 'fork': {
        const parent = regions.get(o.process);
        if (parent === undefined || regions.has(o.child)) return false;
        return regions.set(o.child, new Map(parent)) !== undefined;
      }
      case 'mapAnon':
      case 'mapFile': {
        const file = o.op === 'mapFile' ? o.file : -1;
        if (o.op === 'mapFile' && o.pages > (files.get(o.file) ?? 0)) return false;
        if (!regions.has(o.process) || region(o) !== undefined) return false;
        return regions.get(o.process)!.set(o.region, { pages: o.pages, file }) !== undefined;
      }
      case 'unmap':
        return regions.get(o.process)?.delete(o.region) === true;
      case 'lock':
        return region(o) !== undefined;
      case 'touch':
        return o.page < (region(o)?.pages ?? 0);
      case 'zap':
        return o.pages > 0 && o.page + o.pages <= (region(o)?.pages ?? 0);
      case 'createFile':
        return !files.has(o.file) && files.set(o.file, o.pages) !== undefined;
      case 'deleteFile':
        return !isMapped(o.file) && files.delete(o.file);
      case 'readFile':
      case 'writeFile':
        return inFile(o.file, o.page);
      case 'pin':
        return 'file' in o && inFile(o.file, o.page);
      case 'alloc':
        return !allocations.has(o.id) && allocations.add(o.id) !== undefined;
      case 'poolCreate':
      case 'poolPretend':
        return !pools.has(o.pool) && pools.add(o.pool) !== undefined;
      case 'poolAlloc':
        return pools.has(o.pool) && !allocations.has(o.id) && allocations.add(o.id) !== undefined;
      case 'free':
        return allocations.delete(o.id);
      case 'objectGet':
        return !held.has(`${o.cache}.${o.object}`) && held.add(`${o.cache}.${o.object}`) !== undefined;
      case 'objectPut':
        return held.delete(`${o.cache}.${o.object}`);
      case 'objectFree':
        return !held.has(`${o.cache}.${o.object}`);
      case 'objectLookup':
      case 'sync':
      case 'idle':
        return true;
      default:
        return false;
    }
  };

  const at = operations.findIndex((operation) => !isLawful(operation));
  return at < 0 ? undefined : `operation ${at}: ${JSON.stringify(operations[at])}`;
}
