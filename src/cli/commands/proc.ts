import { freeByOrder } from '../../engine/buddy.ts';
import type { Machine } from '../../engine/machine.ts';
import { printBuddyinfo } from '../../kernel-text/buddyinfo.ts';
import { type Command, EXIT, UsageError } from '../io.ts';
import { oneOf, readOptions, required } from '../options.ts';
import { readScenario, runTo, SCENARIO_OPTIONS, SCENARIO_USAGE, stepOption } from '../scenario-input.ts';

const FILES = [
  'buddyinfo',
  'pagetypeinfo',
  'slabinfo',
  'zoneinfo',
  'vmstat',
  'extfrag_index',
  'unusable_index',
] as const;

const PRINTERS: Partial<Record<(typeof FILES)[number], (m: Machine) => string>> = {
  buddyinfo: (m) =>
    printBuddyinfo(
      m.config.zones.map(({ name }, zone) => ({ node: 0, zone: name, freeByOrder: freeByOrder(m, zone) })),
    ),
};

/** `order0 proc` */
export const proc: Command = {
  name: 'proc',
  usage: `${SCENARIO_USAGE} --at STEP ${FILES.join('|')}`,
  summary: "A moment of the run in the kernel's own text.",
  run(args, io) {
    const { json: _, ...scenarioOptions } = SCENARIO_OPTIONS;
    const { values, positionals } = readOptions(args, { ...scenarioOptions, at: { type: 'string' } }, 2);
    const file = oneOf(required(positionals[1], 'the name of a /proc file'), 'file', FILES);
    const print = PRINTERS[file];
    if (!print) throw new UsageError(`${file}: not built yet, expected ${Object.keys(PRINTERS).join(', ')}`);
    const at = required(values.at, '--at STEP');
    const input = readScenario(positionals[0], values, io);
    io.out(print(runTo(input.config, input.log, stepOption(at, '--at', input.log))));
    return EXIT.ok;
  },
};
