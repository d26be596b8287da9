/** Somebody who lives on a mempool, as a block driver does: an element now and then, each given back after a while. */
import { nextBelow } from '../../base/prng.ts';
import { GFP_MASKS } from '../../engine/gfp.ts';
import type { Operation } from '../../engine/operation.ts';
import type { ActorOf } from '../actor-schema.ts';
import { stepsOf } from '../sizes.ts';
import type { Stream } from './draw.ts';
import { addDue, createDueHeap, earliest, takeDue } from './due-heap.ts';
import { giveSlot, takeSlot } from './slots.ts';
import type { Player, World } from './world.ts';

/** See ActorOf<'mempool'> in actor-schema.ts for what every parameter means. */
export function createMempool(
  actor: ActorOf<'mempool'>,
  world: World,
  state: Stream,
  time: { from: number; until: number },
): Player {
  const period = Math.max(1, stepsOf(actor.every, world.steps));
  const hold = Math.max(1, stepsOf(actor.hold, world.steps));
  const held = createDueHeap();
  const pool = takeSlot(world.pools);
  let made = false;
  let at = time.from;
  const rings = (step: number) => step >= at && step < time.until;
  return {
    from: time.from,
    until: world.end,
    weight: 0,
    isDue: (step) => rings(step) || earliest(held) <= step,
    next: (step): Operation => {
      const cpu = nextBelow(state, world.cpus);
      if (!made) {
        made = true;
        const { minNr, order } = actor;
        return { op: actor.pretend ? 'poolPretend' : 'poolCreate', pool, minNr, order, cpu };
      }
      if (earliest(held) <= step) {
        const id = takeDue(held);
        giveSlot(world.allocations, id);
        return { op: 'free', id, cpu };
      }
      at = step + period;
      const id = takeSlot(world.allocations);
      addDue(held, step + hold, id);
      return { op: 'poolAlloc', pool, id, gfp: GFP_MASKS[actor.gfp], cpu };
    },
  };
}
