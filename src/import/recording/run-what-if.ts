/** Runs a recording's workload to its end and says how it went. */
import { applyOperation } from '../../engine/apply.ts';
import { bootMachine } from '../../engine/boot.ts';
import { freeByOrder } from '../../engine/buddy.ts';
import { C } from '../../engine/counters.ts';
import { checkInvariants } from '../../engine/invariants.ts';
import type { Machine } from '../../engine/machine.ts';
import { type BuddyinfoZone, compareBuddyinfo } from '../../kernel-text/buddyinfo.ts';
import type { RecordingScenario } from './open-recording.ts';
import type { BuddyinfoReport, EventCounts } from './report.ts';
import type { WhatIfConflicts } from './what-if.ts';

export interface RunWhatIfOptions {
  /** Check every invariant after each so many operations, besides at the end. */
  checkEvery?: number;
  /** The kernel's buddyinfo, and the event row before which it was read (default, or below 0: the end). */
  after?: { zones: BuddyinfoZone[]; row?: number };
  /** Called now and then with the operations applied. */
  onProgress?: (done: number, total: number) => void;
}

/** What `order0 replay` without `--as-recorded` adds to the figures of a run. */
export interface WhatIfReport {
  mode: 'what-if';
  events: EventCounts;
  conflicts: WhatIfConflicts;
  /** Blocks allocated before the first event, and the first recorded operation. */
  initialBlocks: number;
  firstOperation: number;
  buddyinfo: BuddyinfoReport | null;
  assumptions: readonly string[];
  warnings: readonly string[];
  invariants: string;
}

const PROGRESS_EVERY = 4096;

/**
 * @returns the machine at the end and the report; `invariants` is "ok", or the first broken one and the step after
 * which it was met, where the run then stops
 */
export function runWhatIf(
  scenario: RecordingScenario,
  options: RunWhatIfOptions = {},
): { machine: Machine; report: WhatIfReport } {
  const { config, operations, whatIf } = scenario;
  const machine = bootMachine(config);
  const row = options.after?.row ?? -1;
  const compareAt = row < 0 ? operations.length : whatIf.stepOfRow[row]!;
  const every = options.checkEvery ?? 0;
  let buddyinfo: BuddyinfoReport | null = null;
  let broken: string | null = null;
  for (let step = 0; step <= operations.length && broken === null; step++) {
    if (step === compareAt && options.after) buddyinfo = compare(machine, options.after.zones, row);
    if (step === operations.length || (every > 0 && step > 0 && step % every === 0)) {
      const problem = checkInvariants(machine);
      if (problem !== null) broken = `after step ${step}: ${problem}`;
    }
    if (step % PROGRESS_EVERY === 0) options.onProgress?.(step, operations.length);
    if (step < operations.length && broken === null) applyOperation(machine, operations, step);
  }
  return {
    machine,
    report: {
      mode: 'what-if',
      events: scenario.events,
      conflicts: scenario.conflicts,
      initialBlocks: whatIf.initial.blocks.length,
      firstOperation: whatIf.prelude,
      buddyinfo,
      assumptions: whatIf.assumptions,
      warnings: [...scenario.warnings, ...oomWarnings(machine)],
      invariants: broken ?? 'ok',
    },
  };
}

/** A recording's anonymous pages belong to one process: once it is killed, what it does later names nothing. */
function oomWarnings(m: Machine): string[] {
  if (m.counters[C.oomKills] === 0) return [];
  return [
    'the OOM killer ended the process of the recorded anonymous pages: its later operations count as absent',
  ];
}

function compare(m: Machine, kernel: BuddyinfoZone[], row: number): BuddyinfoReport {
  const ours = m.config.zones.map((zone, z) => ({
    node: 0,
    zone: zone.name,
    freeByOrder: freeByOrder(m, z),
  }));
  return { ours, kernel, ...compareBuddyinfo(ours, kernel), row };
}
