/** Random operations with what the claims of the mail need among them: mempools, directories, large requests. */
import { nextBelow, seedPrng } from '../../src/base/prng.ts';
import { NONE } from '../../src/base/units.ts';
import { GFP_MASKS } from '../../src/engine/gfp.ts';
import {
  ALLOC_TAG,
  createOperationLog,
  OP,
  type OpCode,
  type OperationLog,
  pushOperation,
} from '../../src/engine/operation.ts';
import { randomOperations } from '../engine/support.ts';

const GFPS = [GFP_MASKS.kernel, GFP_MASKS.atomic, GFP_MASKS.nofs, GFP_MASKS.noio];

/** `n` operations; every fourth or so is of the kinds `randomOperations` does not know. */
export function claimOperations(seed: number, n: number, pages: number): OperationLog {
  const plain = randomOperations(seed, n, pages);
  const rng = new Uint32Array(4);
  seedPrng(rng, seed, 'claims');
  const pick = (bound: number) => nextBelow(rng, bound);
  const log = createOperationLog(n);
  const ids = pages >> 3;
  for (let i = 0; log.length < n; i++) {
    const put = (kind: OpCode, owner = 0, index = 0, arg = 0, gfp = 0) =>
      pushOperation(log, kind, owner, index, arg, gfp, plain.dt[i], plain.cpu[i]);
    const roll = pick(40);
    if (roll === 0)
      put(pick(4) ? OP.poolCreate : OP.poolPretend, pick(4), 1 + pick(8), pick(8) ? pick(2) : 4);
    else if (roll < 4) put(OP.poolAlloc, ids + pick(24), pick(4), 0, GFPS[pick(4)]!);
    else if (roll < 6) put(OP.free, ids + pick(24));
    else if (roll < 8)
      put(pick(6) ? OP.objectLookup : OP.objectGet, pick(2), pick(pages), 1 + pick(24), i % 3);
    else if (roll < 9) put(OP.reclaimSlab, pick(3) ? NONE : pick(pages), 0, pick(11));
    else {
      const kind = plain.kind[i] as OpCode;
      // a third of the kernel's single pages belong to vmalloc areas
      const vmalloc = kind === OP.alloc && plain.arg[i] === 0 && plain.owner[i]! % 3 === 0;
      put(kind, plain.owner[i], vmalloc ? ALLOC_TAG.vmalloc : plain.index[i], plain.arg[i], plain.gfp[i]);
    }
  }
  return log;
}
