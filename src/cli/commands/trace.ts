import { createTraceWriter, linesOf } from '../../analysis/kernel-view/trace/ftrace-lines.ts';
import {
  type ChromeEvent,
  createPerfettoWriter,
  putOperation,
} from '../../analysis/kernel-view/trace/perfetto.ts';
import { createTiming, type Timing, timed } from '../../analysis/kernel-view/trace/timing.ts';
import { applyOperation } from '../../engine/apply.ts';
import { bootMachine } from '../../engine/boot.ts';
import { ACTIONS } from '../../engine/cost.ts';
import type { Machine } from '../../engine/machine.ts';
import type { OperationLog } from '../../engine/operation.ts';
import { printTraceHeader, printTraceLine, type TraceLine } from '../../kernel-text/ftrace.ts';
import { type Command, EXIT, type Io } from '../io.ts';
import { oneOf, readOptions } from '../options.ts';
import { readScenario, SCENARIO_OPTIONS, SCENARIO_USAGE, type ScenarioInput } from '../scenario-input.ts';

const FORMATS = ['ftrace', 'perfetto'] as const;

/** `order0 trace` */
export const trace: Command = {
  name: 'trace',
  usage: `${SCENARIO_USAGE} [--format ${FORMATS.join('|')}]`,
  summary: "The run as a trace: the kernel's ftrace text, or JSON that Perfetto opens.",
  run(args, io) {
    const { json: _, ...scenarioOptions } = SCENARIO_OPTIONS;
    const { values, positionals } = readOptions(args, { ...scenarioOptions, format: { type: 'string' } }, 1);
    const format = values.format === undefined ? 'ftrace' : oneOf(values.format, '--format', FORMATS);
    const input = readScenario(positionals[0], values, io);
    if (format === 'ftrace') ftrace(input, io);
    else perfetto(input, io);
    return EXIT.ok;
  },
};

/** Text is handed on in pieces of about this many characters, so that a long run needs no memory for its trace. */
const PIECE = 1 << 16;

function inPieces(io: Io): { put: (text: string) => void; flush: () => void } {
  let parts: string[] = [];
  let length = 0;
  const flush = () => {
    if (length > 0) io.out(parts.join(''));
    parts = [];
    length = 0;
  };
  return {
    put(text) {
      parts.push(text);
      length += text.length;
      if (length >= PIECE) flush();
    },
    flush,
  };
}

/** The header names the number of events, so the run is made twice: once to count them. */
function ftrace(input: ScenarioInput, io: Io): void {
  let entries = 0;
  eachLine(input, () => entries++);
  const out = inPieces(io);
  out.put(printTraceHeader(entries, input.config.cpus));
  eachLine(input, (line) => out.put(printTraceLine(line)));
  out.flush();
}

function eachLine({ config, log }: ScenarioInput, see: (line: TraceLine) => void): void {
  const m = bootMachine(config);
  const writer = createTraceWriter(m);
  runTimed(m, log, (i, timing) => linesOf(writer, m, log, i, timing).forEach(see));
}

/** `see` is called after each operation, the machine's log still full. */
function runTimed(m: Machine, log: OperationLog, see: (i: number, timing: Timing) => void): void {
  const timing = createTiming();
  m.log.level = 1;
  for (let i = 0; i < log.length; i++) {
    timed(m, timing, () => applyOperation(m, log, i));
    see(i, timing);
  }
}

function perfetto({ config, log, title }: ScenarioInput, io: Io): void {
  const out = inPieces(io);
  let first = true;
  const put = (event: ChromeEvent) => {
    out.put(`${first ? '' : ','}\n${JSON.stringify(event)}`);
    first = false;
  };
  const priceNs = Object.fromEntries(ACTIONS.map((action) => [action, config.cost[action]]));
  const about = { title, policy: config.policy.name, seed: config.seed, device: config.cost.device, priceNs };
  out.put(`{"displayTimeUnit":"ns","otherData":${JSON.stringify(about)},"traceEvents":[`);
  const m = bootMachine(config);
  const writer = createPerfettoWriter(m, put);
  runTimed(m, log, (i, timing) => putOperation(writer, m, log, i, timing));
  out.put('\n]}\n');
  out.flush();
}
