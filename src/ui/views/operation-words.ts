/** An operation as a person's act, in a few words. */
import type { Operation } from '../../worker/protocol.ts';
import { pfnText } from '../words.ts';

const page = (one: { process: number; region: number; page: number }) =>
  `process ${one.process} region ${one.region} page ${one.page}`;

const pinned = (one: Extract<Operation, { op: 'pin' | 'unpin' }>) =>
  'file' in one ? `file ${one.file} page ${one.page}` : page(one);

/** `request order 5`, `process 7 region 2 page 5 written`. */
export function operationWords(one: Operation, pages: number): string {
  switch (one.op) {
    case 'alloc':
    case 'failedAlloc':
      return `request order ${one.order}`;
    case 'free':
      return `free allocation ${one.id}`;
    case 'touch':
      return `${one.write ? 'write' : 'read'} ${page(one)}`;
    case 'zap':
      return `let go ${page(one)}`;
    case 'readFile':
      return `read file ${one.file} page ${one.page}`;
    case 'writeFile':
      return `write file ${one.file} page ${one.page}`;
    case 'truncate':
      return `cut page ${one.page} out of file ${one.file}`;
    case 'createFile':
      return `create file ${one.file}`;
    case 'deleteFile':
      return `delete file ${one.file}`;
    case 'spawn':
      return `start process ${one.process}`;
    case 'exit':
      return `kill process ${one.process}`;
    case 'fork':
      return `fork process ${one.process} as ${one.child}`;
    case 'mapAnon':
    case 'mapFile':
    case 'unmap':
    case 'lock':
    case 'unlock':
      return `${one.op === 'mapAnon' || one.op === 'mapFile' ? 'map' : one.op} region ${one.region} of process ${one.process}`;
    case 'pin':
    case 'unpin':
      return `${one.op} ${pinned(one)}`;
    case 'objectGet':
    case 'objectPut':
    case 'objectLookup':
    case 'objectFree':
      return `${{ objectGet: 'use', objectPut: 'let go', objectLookup: 'look up', objectFree: 'drop' }[one.op]} object ${one.object}`;
    case 'poolCreate':
      return `make mempool ${one.pool}`;
    case 'poolPretend':
      return `put a slab in the place of mempool ${one.pool}`;
    case 'poolAlloc':
      return `ask mempool ${one.pool}`;
    case 'sync':
      return `write ${one.pages} dirty pages back`;
    case 'reclaimSlab':
      return one.slab === undefined ? 'reclaim one slab' : `reclaim the slab at ${pfnText(one.slab, pages)}`;
    case 'reclaimLru':
      return `reclaim ${one.pages} pages in LRU order`;
    case 'dropCaches':
      return 'drop clean caches';
    case 'drainCpus':
      return 'drain the per-CPU arrays';
    case 'idle':
      return 'nothing';
  }
}
