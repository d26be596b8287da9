/**
 * A workload as operations: at each step whoever is due acts, else one actor drawn by weight. A pure function of
 * parameters, seed and the machine's nominal size, so that every policy meets the same bytes.
 */

import { nextUint32 } from '../../base/prng.ts';
import type { ObjectCacheConfig } from '../../engine/config.ts';
import {
  encodeOperation,
  OP,
  type Operation,
  type OperationLog,
  pushOperation,
} from '../../engine/operation.ts';
import type { Actor } from '../actor-schema.ts';
import { stepsOf } from '../sizes.ts';
import { OWN } from '../step-schema.ts';
import { createDentries, populationOf } from './dentries.ts';
import { around, type Stream, stream } from './draw.ts';
import { createFiles } from './files.ts';
import { createKernel } from './kernel.ts';
import { createMempool } from './mempool.ts';
import { createProcesses } from './processes.ts';
import { createExitAll, createHighOrder, createPins, createWriteback } from './scheduled.ts';
import { createSlots } from './slots.ts';
import type { Player, World } from './world.ts';

export interface WorkloadPlan {
  readonly actors: readonly Actor[];
  readonly steps: number;
  /** Operations that may be asked for beyond `steps`. */
  readonly after: number;
  /** Mean simulated time between operations, µs. */
  readonly meanDt: number;
  readonly seed: number;
  readonly pages: number;
  readonly cpus: number;
  /** Largest order that is asked for without being named. */
  readonly maxOrder: number;
  readonly objectCaches: readonly ObjectCacheConfig[];
}

/** Appends the next `count` operations to `log`; a step nobody can use is idle. */
export type Advance = (log: OperationLog, count: number) => void;

/** Starts a workload at its first step. */
export function startWorkload(plan: WorkloadPlan): Advance {
  const world: World = {
    pages: plan.pages,
    cpus: plan.cpus,
    maxOrder: plan.maxOrder,
    steps: plan.steps,
    end: plan.steps + plan.after,
    objectCaches: plan.objectCaches,
    objects: { next: 0 },
    pairs: { next: firstPair(plan) },
    processes: createSlots(OWN.processes),
    files: createSlots(OWN.files),
    allocations: createSlots(OWN.allocations),
    pools: createSlots(OWN.pools),
    live: [],
  };
  const players = createPlayers(plan, world);
  const arrival = stream(plan.seed, 'arrival');
  let step = 0;
  return (log, count) => {
    for (const end = step + count; step < end; step++) {
      const player =
        players.find((one) => isIn(one, step) && one.isDue(step)) ?? draw(players, step, arrival);
      const operation = player?.next(step) ?? instead(players, step);
      if (operation === undefined) pushOperation(log, OP.idle);
      else encodeOperation(log, operation);
      log.dt[log.length - 1] = around(arrival, plan.meanDt);
    }
  };
}

/** The lowest object number that no actor without inodes has. */
function firstPair({ actors, pages, objectCaches }: WorkloadPlan): number {
  return actors.reduce(
    (sum, actor) =>
      actor.kind === 'dentries' && actor.inodes === undefined
        ? sum + populationOf(actor, pages, objectCaches)
        : sum,
    0,
  );
}

/** Somebody else's operation, when the one drawn has nothing to do. */
function instead(players: readonly Player[], step: number): Operation | undefined {
  for (const player of players) {
    const operation = player.weight > 0 && isIn(player, step) ? player.next(step) : undefined;
    if (operation !== undefined) return operation;
  }
  return undefined;
}

function isIn(player: Player, step: number): boolean {
  return step >= player.from && step < player.until;
}

function draw(players: readonly Player[], step: number, arrival: Stream): Player | undefined {
  let total = 0;
  for (const player of players) if (isIn(player, step)) total += player.weight;
  let left = (nextUint32(arrival) / 0x100000000) * total;
  for (const player of players) {
    if (!isIn(player, step)) continue;
    left -= player.weight;
    if (left < 0) return player;
  }
  return undefined;
}

/** The stream of an actor is named by its kind and its place among those, so that adding another kind moves nothing. */
function createPlayers(plan: WorkloadPlan, world: World): Player[] {
  const seen = new Map<string, number>();
  return plan.actors.map((actor) => {
    const place = seen.get(actor.kind) ?? 0;
    seen.set(actor.kind, place + 1);
    const state = stream(plan.seed, `${actor.kind}-${place}`);
    const from = stepsOf(actor.from, plan.steps);
    const until = actor.until === undefined ? world.end : stepsOf(actor.until, plan.steps);
    return createPlayer(actor, world, state, { from, until });
  });
}

function createPlayer(
  actor: Actor,
  world: World,
  state: Stream,
  time: { from: number; until: number },
): Player {
  switch (actor.kind) {
    case 'processes':
      return createProcesses(actor, world, state, time);
    case 'files':
      return createFiles(actor, world, state, time);
    case 'dentries':
      return createDentries(actor, world, state, time);
    case 'kernel':
      return createKernel(actor, world, state, time);
    case 'highOrder':
      return createHighOrder(actor, world, state, time);
    case 'mempool':
      return createMempool(actor, world, state, time);
    case 'pins':
      return createPins(actor, world, state, time);
    case 'writeback':
      return createWriteback(actor, world, state, time);
    case 'exitAll':
      return createExitAll(actor, world, state, time);
  }
}
