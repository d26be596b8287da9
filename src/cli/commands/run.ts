import type { RunResult } from '../../analysis/result.ts';
import { summarise } from '../../analysis/summary.ts';
import { count, duration, thousandths } from '../../base/text.ts';
import { type Command, EXIT, printJson } from '../io.ts';
import { readOptions } from '../options.ts';
import { printableLine } from '../printable.ts';
import { readScenario, runTo, SCENARIO_OPTIONS, SCENARIO_USAGE, stepOption } from '../scenario-input.ts';
import { table } from '../table.ts';

/** `order0 run` */
export const run: Command = {
  name: 'run',
  usage: `${SCENARIO_USAGE} [--until STEP] [--json]`,
  summary: 'Runs a scenario and prints its figures.',
  run(args, io) {
    const options = { ...SCENARIO_OPTIONS, until: { type: 'string' } } as const;
    const { values, positionals } = readOptions(args, options, 1);
    const input = readScenario(positionals[0], values, io);
    const steps =
      values.until === undefined ? input.log.length : stepOption(values.until, '--until', input.log);
    const m = runTo(input.config, input.log, steps);
    const { title, seed } = input;
    const result = summarise(m, { title, seed, length: input.log.length, invariants: true });
    if (values.json) printJson(io, result);
    else io.out(resultText(result));
    return EXIT.ok;
  },
};

/** The figures for people. */
export function resultText(r: RunResult): string {
  const { pages, reclaim, highOrder } = r;
  const orders = r.freeByOrder.map((_, order) => order);
  return [
    `${printableLine(r.title)}: ${r.policy}, seed ${r.seed}, step ${count(r.steps)} of ${count(r.length)}\n\n`,
    table([
      ['pages managed', count(pages.managed)],
      ['  free in buddy lists', count(pages.free)],
      ['  idle in slabs', count(pages.slabIdle)],
      ['  on per-CPU lists', count(pages.perCpu)],
      ['  user', count(pages.user)],
      ['  kreclaim', count(pages.kreclaim)],
      ['  knoreclaim', count(pages.knoreclaim)],
    ]),
    '\n',
    table([
      ['order', ...orders],
      ['free blocks', ...r.freeByOrder],
      ['unusable index', ...r.unusableIndex.map(thousandths)],
      ['fragmentation index', ...r.fragIndex.map(thousandths)],
    ]),
    '\n',
    table([
      ['high-order requests', count(highOrder.requested)],
      ['  served', count(highOrder.served)],
      ['  failed', count(highOrder.failed)],
      ['slabs discarded', count(reclaim.slabsDiscarded)],
      ['slabs refused', count(reclaim.slabsRefused)],
      ['pages evicted', count(reclaim.pagesEvicted)],
      ['  for nothing', count(reclaim.evictedForNothing)],
      ['pages written', count(reclaim.pagesWritten)],
      ['pages swapped', count(reclaim.pagesSwapped)],
      ['PTEs unmapped', count(reclaim.pteUnmaps)],
      ['inversions', count(reclaim.inversions)],
      ['refaults', count(reclaim.refaults)],
    ]),
    `\nmodelled cost ${duration(r.costNs)}, state ${r.stateHash}, invariants ${r.invariants}\n`,
  ].join('');
}
