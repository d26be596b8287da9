/** What the engine promises of every scenario, looked at while one runs. */
import type { RunResult } from '../../src/analysis/result.ts';
import { summarise } from '../../src/analysis/summary.ts';
import { explainInShort } from '../../src/analysis/why.ts';
import { NONE } from '../../src/base/units.ts';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { GFP_MASKS } from '../../src/engine/gfp.ts';
import { checkInvariants } from '../../src/engine/invariants.ts';
import {
  type Machine,
  restoreSnapshot,
  type Snapshot,
  stateHash,
  takeSnapshot,
} from '../../src/engine/machine.ts';
import { decodeOperation, type OperationLog } from '../../src/engine/operation.ts';
import { pass } from '../../src/engine/pass.ts';
import { policyOf } from '../../src/engine/policy/table.ts';
import { zonelist } from '../../src/engine/zone.ts';
import { createTimeline, seek } from '../../src/history/timeline.ts';
import { resolveScenario } from '../../src/scenario/resolve.ts';
import type { Scenario } from '../../src/scenario/schema.ts';
import { ShadowChecker } from './shadow.ts';

/** Moments of a run at which it is compared with itself run otherwise. */
const MOMENTS = 4;
/** Pages whose columns are rebuilt after operations before a run takes too long; beyond, every n-th operation. */
const LOOKED = 400_000;

/** Figures that may be below zero: the kernel's indices, and the largest free order where nothing is free. */
const MAY_BE_NEGATIVE = /(fragIndex\[\d+\]|^largestFreeOrder)$/;

/** Whether a pass over the zones at the min mark, which is what a request begins with, serves it. */
export function isServed(m: Machine, order: number, gfp: number): boolean {
  const before = takeSnapshot(m);
  const pfn = pass(m, { policy: policyOf(m), zones: zonelist(m.config, gfp), order, gfp }, 'min');
  restoreSnapshot(m, before);
  return pfn !== NONE;
}

/** The first request of those tried whose fate `why` foretells wrongly, or null. */
function wrongWhy(m: Machine, step: number): string | null {
  for (const gfp of [GFP_MASKS.kernel, GFP_MASKS.highuser, GFP_MASKS.atomic]) {
    for (let order = 0; order <= m.config.maxOrder; order++) {
      const said = explainInShort(m, order, step, { gfp, reclaimed: 0, windowsTouched: 0 }).wouldSucceed;
      if (said !== isServed(m, order, gfp))
        return `why says ${said} of order ${order}, mask ${gfp}, and is wrong`;
    }
  }
  return null;
}

/** Path and value of the first figure that no JSON reader should meet, or null. */
export function wrongFigure(value: unknown, path = ''): string | null {
  if (value === undefined || typeof value === 'function') return `${path} is ${typeof value}`;
  if (typeof value === 'number') {
    if (Number.isFinite(value) && (value >= 0 || MAY_BE_NEGATIVE.test(path))) return null;
    return `${path} is ${value}`;
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const at = Array.isArray(value) ? `${path}[${key}]` : `${path}${path && '.'}${key}`;
    const wrong = wrongFigure(inner, at);
    if (wrong !== null) return wrong;
  }
  return null;
}

interface Watched {
  /** What was wrong first, or null. */
  readonly wrong: string | null;
  readonly hashes: readonly string[];
  readonly middle: Snapshot;
  readonly result: RunResult;
}

/** Runs with events, the shadow and the invariants beside it. */
function watched(m: Machine, log: OperationLog, moments: readonly number[]): Watched {
  const shadow = ShadowChecker.of(m);
  const every = Math.max(1, Math.ceil((log.length * m.config.pages) / LOOKED));
  const hashes: string[] = [];
  const facts = { title: 'drawn', seed: m.config.seed, length: log.length };
  let middle = takeSnapshot(m);
  let wrong = checkInvariants(m);
  const say = (i: number, what: string | null) => {
    if (what !== null)
      wrong ??= `operation ${i} of ${log.length}, ${JSON.stringify(decodeOperation(log, i))}: ${what}`;
  };
  for (let i = 0; i < log.length && wrong === null; i++) {
    applyOperation(m, log, i);
    say(i, shadow.follow(m.log));
    if (i % every === 0) say(i, checkInvariants(m));
    const moment = moments.indexOf(i + 1);
    if (moment < 0) continue;
    hashes[moment] = stateHash(m);
    if (moment === moments.length >> 1) middle = takeSnapshot(m);
    say(
      i,
      checkInvariants(m) ?? wrongWhy(m, i + 1) ?? wrongFigure(summarise(m, { ...facts, invariants: true })),
    );
    if (stateHash(m) !== hashes[moment]) say(i, 'looking changed the state');
  }
  return { wrong, hashes, middle, result: summarise(m, facts) };
}

/** Applies operations from one moment to another; the hashes at the moments between. */
function played(m: Machine, log: OperationLog, from: number, moments: readonly number[]): string[] {
  return moments
    .filter((moment) => moment > from)
    .map((moment, k, later) => {
      for (let i = k === 0 ? from : later[k - 1]!; i < moment; i++) applyOperation(m, log, i);
      return stateHash(m);
    });
}

export interface Outcome {
  /** The first promise broken and where, or null. */
  readonly wrong: string | null;
  readonly operations: number;
  readonly result: RunResult;
}

/** Runs a scenario in every way there is. */
export function keepsPromises(scenario: Scenario): Outcome {
  const { config, operations: log } = resolveScenario(scenario);
  const moments = Array.from({ length: MOMENTS }, (_, k) => Math.ceil(((k + 1) * log.length) / MOMENTS));
  const { wrong, hashes, middle, result } = watched(bootMachine(config), log, moments);
  const outcome = (what: string | null) => ({ wrong: what, operations: log.length, result });
  if (wrong !== null) return outcome(wrong);
  const compare = (way: string, seen: readonly string[]): string | null => {
    const expected = hashes.slice(hashes.length - seen.length);
    const k = seen.findIndex((hash, i) => hash !== expected[i]);
    return k < 0 ? null : `${way}: another state at moment ${moments.length - seen.length + k} of ${moments}`;
  };
  const quiet = compare('without events', played(bootMachine(config), log, 0, moments));
  if (quiet !== null) return outcome(quiet);
  const from = moments[MOMENTS >> 1]!;
  const other = bootMachine(config);
  // a machine with a past of its own: what it holds must not show
  for (let i = 0; i < Math.min(60, log.length); i++) applyOperation(other, log, i);
  restoreSnapshot(other, middle);
  const restored = compare('restored', played(other, log, from, moments));
  if (restored !== null) return outcome(restored);
  const timeline = createTimeline(config, log);
  for (const k of [3, 0, 2, 1, 3]) {
    seek(timeline, moments[k]!);
    if (stateHash(timeline.machine) !== hashes[k]) return outcome(`seek to ${moments[k]}: another state`);
  }
  return outcome(null);
}
