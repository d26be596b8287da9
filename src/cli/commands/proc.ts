import { addEvents, createTally, type EventTally } from '../../analysis/kernel-view/event-tally.ts';
import { kernelText } from '../../analysis/kernel-view/kernel-text.ts';
import { KERNEL_FILES } from '../../kernel-text/era.ts';
import { type Command, EXIT } from '../io.ts';
import { oneOf, readOptions, required } from '../options.ts';
import {
  readScenario,
  runRecorded,
  runTo,
  SCENARIO_OPTIONS,
  SCENARIO_USAGE,
  stepOption,
} from '../scenario-input.ts';

/** `order0 proc` */
export const proc: Command = {
  name: 'proc',
  usage: `${SCENARIO_USAGE} --at STEP ${KERNEL_FILES.join('|')}`,
  summary: "A moment of the run in the kernel's own text, in the layout of the policy's era.",
  run(args, io) {
    const { json: _, ...scenarioOptions } = SCENARIO_OPTIONS;
    const { values, positionals } = readOptions(args, { ...scenarioOptions, at: { type: 'string' } }, 2);
    const file = oneOf(required(positionals[1], 'the name of a /proc file'), 'file', KERNEL_FILES);
    const at = required(values.at, '--at STEP');
    const input = readScenario(positionals[0], values, io);
    const step = stepOption(at, '--at', input.log);
    let tally: EventTally | null = null;
    const m =
      file === 'vmstat'
        ? runRecorded(input.config, input.log, step, (machine) => {
            tally ??= createTally(machine.config.zones.length);
            addEvents(tally, machine);
          })
        : runTo(input.config, input.log, step);
    const { text, notes } = kernelText(m, file, tally ?? createTally(m.config.zones.length));
    for (const note of notes) io.err(`note: ${note}`);
    io.out(text);
    return EXIT.ok;
  },
};
