/** A whole run under a policy of one's choice, as curves: the same operations, run anew from boot. */
import { applyOperation } from '../engine/apply.ts';
import { bootMachine } from '../engine/boot.ts';
import type { MachineConfig, PolicyId } from '../engine/config.ts';
import type { OperationLog } from '../engine/operation.ts';
import { type ClaimFigures, claimFigures } from './claim-figures.ts';
import { watchHotPages } from './hot-pages.ts';
import { createSeriesRun, type Series } from './series.ts';

export interface PolicyRun {
  readonly policy: PolicyId;
  /** Null where the run is too large to be run again. */
  readonly curves: {
    readonly series: Series;
    /** By step of the series: hot pages evicted since boot; see hot-pages.ts. */
    readonly hotEvicted: readonly number[];
  } | null;
  readonly prices: RefaultPrices;
  /** At its end: what searching and the allocator's books cost; null where there are no curves. */
  readonly figures: Pick<ClaimFigures, 'search' | 'overhead'> | null;
  /** Why there are no curves; empty where there are. */
  readonly reason: string;
}

/** What bringing an evicted page back costs, in ns: from its file, from swap. */
export interface RefaultPrices {
  readonly readPage: number;
  readonly swapIn: number;
}

/** Work for one run: about a second. */
const MOST = { operations: 200_000, pages: 65_536 };

/** Runs `operations` from boot under `policy`, with everything else as in `config`. */
export function policyRun(config: MachineConfig, operations: OperationLog, policy: PolicyId): PolicyRun {
  const { readPage, swapIn } = config.cost;
  const prices = { readPage, swapIn };
  if (operations.length > MOST.operations || config.pages > MOST.pages) {
    const reason = 'the run is too long, or the machine too large, to be run again beside the page';
    return { policy, curves: null, prices, figures: null, reason };
  }
  const machine = bootMachine({ ...config, policy: { ...config.policy, name: policy } });
  const hot = watchHotPages(machine);
  const hotAt = new Uint32Array(operations.length + 1);
  let at = 0;
  const run = createSeriesRun({
    machine,
    length: () => operations.length,
    seek(step) {
      for (; at < step; at++) {
        hot.next();
        applyOperation(machine, operations, at);
        hotAt[at + 1] = hot.evicted;
      }
    },
  });
  while (!run.run(operations.length + 1));
  const series = run.series();
  const hotEvicted = series.steps.map((step) => hotAt[step]!);
  const { search, overhead } = claimFigures(machine);
  return { policy, curves: { series, hotEvicted }, prices, figures: { search, overhead }, reason: '' };
}
