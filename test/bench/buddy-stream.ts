/**
 * One stream of bare buddy operations, 70 % of memory full, 90 % of requests for one page, random victims: run on
 * the engine, on a plain JavaScript allocator, and (buddy-reference.c) in C. Each ends with the same checksum.
 */

import { NONE } from '../../src/base/units.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { buddyAlloc, buddyFree } from '../../src/engine/buddy.ts';
import { toyConfig } from '../engine/support.ts';

// its own constant: an imported one is loaded at every use
const EMPTY = NONE;

/** Processor nanoseconds an operation over the second half of a stream, and a checksum of the frames handed out. */
export interface StreamResult {
  readonly ns: number;
  readonly checksum: number;
}

/** An allocator of order 0..10 over `pages` frames. */
interface Allocator {
  alloc(order: number): number;
  free(pfn: number, order: number): void;
}

/** The stream, as the C program makes it: an order to allocate, or ~slot: what to free. */
function makeStream(pages: number, operations: number, seed: number): Int32Array {
  let rng = seed;
  const draw = (): number => {
    rng ^= rng << 13;
    rng ^= rng >>> 17;
    rng ^= rng << 5;
    return rng >>> 1;
  };
  const stream = new Int32Array(operations);
  const orders = new Uint8Array(pages);
  const high = Math.floor(pages / 10) * 7;
  let n = 0;
  let used = 0;
  for (let i = 0; i < operations; i++) {
    if (used < high) {
      const order = draw() % 1000 < 900 ? 0 : 1 + (draw() % 4);
      orders[n++] = order;
      used += 1 << order;
      stream[i] = order;
    } else {
      const slot = draw() % n;
      used -= 1 << orders[slot]!;
      orders[slot] = orders[--n]!;
      stream[i] = ~slot;
    }
  }
  return stream;
}

/** Runs the stream; its first half fills memory and warms up. */
export function runStream(
  allocator: Allocator,
  pages: number,
  operations: number,
  seed: number,
): StreamResult {
  const stream = makeStream(pages, operations, seed);
  const held = new Uint32Array(pages);
  const heldOrder = new Uint8Array(pages);
  const run = { n: 0, sum: 0 };
  const half = operations >>> 1;
  runPart(allocator, stream.subarray(0, half), held, heldOrder, run);
  const begin = process.cpuUsage().user;
  runPart(allocator, stream.subarray(half), held, heldOrder, run);
  const ns = ((process.cpuUsage().user - begin) * 1000) / (operations - half);
  return { ns, checksum: run.sum };
}

function runPart(
  allocator: Allocator,
  stream: Int32Array,
  held: Uint32Array,
  heldOrder: Uint8Array,
  run: { n: number; sum: number },
): void {
  let { n, sum } = run;
  for (let i = 0; i < stream.length; i++) {
    const operation = stream[i]!;
    if (operation >= 0) {
      const pfn = allocator.alloc(operation);
      held[n] = pfn;
      heldOrder[n++] = operation;
      sum = (Math.imul(sum, 31) + pfn) | 0;
    } else {
      const slot = ~operation;
      if (held[slot] !== EMPTY) allocator.free(held[slot]!, heldOrder[slot]!);
      n--;
      held[slot] = held[n]!;
      heldOrder[slot] = heldOrder[n]!;
    }
  }
  run.n = n;
  run.sum = sum >>> 0;
}

/** The engine's buddy over one zone. */
export function engineAllocator(pages: number): Allocator {
  const m = bootMachine(toyConfig({ pages, zones: [{ name: 'Normal', start: 0, end: pages }], boot: [] }));
  return {
    alloc: (order) => buddyAlloc(m, 0, order),
    free: (pfn, order) => {
      buddyFree(m, 0, pfn, order);
    },
  };
}

/** The same rules with a JavaScript array and a Map a list: what one would write first. */
export function plainAllocator(pages: number): Allocator {
  const maxOrder = 10;
  const lists = Array.from({ length: maxOrder + 1 }, () => new Set<number>());
  // a Set keeps insertion order: its last entry is the list's head
  const stacks = Array.from({ length: maxOrder + 1 }, () => [] as number[]);
  const push = (pfn: number, order: number): void => {
    lists[order]!.add(pfn);
    stacks[order]!.push(pfn);
  };
  const pop = (order: number): number => {
    const stack = stacks[order]!;
    return stack.length === 0 ? NONE : take(stack.at(-1)!, order);
  };
  const take = (pfn: number, order: number): number => {
    lists[order]!.delete(pfn);
    const stack = stacks[order]!;
    stack.splice(stack.lastIndexOf(pfn), 1);
    return pfn;
  };
  const free = (pfn: number, order: number): void => {
    let head = pfn;
    let k = order;
    while (k < maxOrder && lists[k]!.has(head ^ (1 << k))) {
      take(head ^ (1 << k), k);
      head = Math.min(head, head ^ (1 << k));
      k++;
    }
    push(head, k);
  };
  for (let pfn = pages - (1 << maxOrder); pfn >= 0; pfn -= 1 << maxOrder) free(pfn, maxOrder);
  return {
    free,
    alloc(order) {
      for (let k = order; k <= maxOrder; k++) {
        const pfn = pop(k);
        if (pfn === NONE) continue;
        for (let half = k - 1; half >= order; half--) push(pfn + (1 << half), half);
        return pfn;
      }
      return NONE;
    },
  };
}
