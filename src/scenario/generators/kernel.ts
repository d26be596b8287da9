/** Kernel allocations with lifetimes: kmalloc of some orders, network buffers, vmalloc areas. */
import { nextBelow, nextChance } from '../../base/prng.ts';
import { GFP, GFP_MASKS } from '../../engine/gfp.ts';
import type { AllocTag, Operation } from '../../engine/operation.ts';
import type { ActorOf } from '../actor-schema.ts';
import { pagesOf, stepsOf } from '../sizes.ts';
import { around, cumulate, pick, type Stream } from './draw.ts';
import { addDue, createDueHeap, earliest, takeDue } from './due-heap.ts';
import { giveSlot, takeSlot } from './slots.ts';
import { NEVER_DUE, type Player, type World } from './world.ts';

/** vmalloc() takes its pages with GFP_KERNEL | __GFP_HIGHMEM (2.6.9 mm/vmalloc.c). */
const VMALLOC_GFP = GFP_MASKS.kernel | GFP.highmem;

/** Weights of orders 0 to 3 where the scenario names none. */
const DEFAULT_ORDERS = [16, 3, 2, 1];

/** See ActorOf<'kernel'> in actor-schema.ts for what every parameter means. */
export function createKernel(
  actor: ActorOf<'kernel'>,
  world: World,
  state: Stream,
  time: { from: number; until: number },
): Player {
  const orders = cumulate(actor.orders ?? DEFAULT_ORDERS.slice(0, world.maxOrder + 1));
  const most = Math.max(1, pagesOf(actor.live, world.pages));
  const lifetime = Math.max(1, stepsOf(actor.lifetime, world.steps));
  const due = createDueHeap();
  const pagesById = new Map<number, number>();
  let held = 0;

  const free = (): Operation => {
    const id = takeDue(due);
    held -= pagesById.get(id) ?? 0;
    pagesById.delete(id);
    giveSlot(world.allocations, id);
    return { op: 'free', id, cpu: nextBelow(state, world.cpus) };
  };

  const request = (): { order: number; gfp: number; tag: AllocTag; life: number } => {
    if (nextChance(state, actor.network)) {
      return { order: 0, gfp: GFP_MASKS.atomic, tag: 'network', life: around(state, lifetime / 8) };
    }
    const life = around(state, lifetime);
    if (nextChance(state, actor.vmalloc)) return { order: 0, gfp: VMALLOC_GFP, tag: 'vmalloc', life };
    return { order: pick(state, orders), gfp: GFP_MASKS.kernel, tag: 'kmalloc', life };
  };

  const allocate = (step: number): Operation => {
    const { order, gfp, tag, life } = request();
    const id = takeSlot(world.allocations);
    const stays = tag !== 'network' && nextChance(state, actor.permanent);
    held += 1 << order;
    if (!stays) {
      pagesById.set(id, 1 << order);
      addDue(due, step + 1 + life, id);
    }
    return { op: 'alloc', id, order, gfp, tag, cpu: nextBelow(state, world.cpus) };
  };

  return {
    ...time,
    weight: actor.weight,
    isDue: NEVER_DUE,
    next: (step) => {
      if (earliest(due) <= step) return free();
      if (held < most) return allocate(step);
      // Full: the one that was to live shortest goes early, so that the kernel never stands still.
      return due.steps.length > 0 ? free() : undefined;
    },
  };
}
