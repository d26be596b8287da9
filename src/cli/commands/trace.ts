import { createTraceWriter, linesOf } from '../../analysis/kernel-view/trace/ftrace-lines.ts';
import {
  type ChromeEvent,
  closePerfetto,
  createPerfettoWriter,
  putOperation,
} from '../../analysis/kernel-view/trace/perfetto.ts';
import { bootMachine } from '../../engine/boot.ts';
import { printTraceHeader, printTraceLine, type TraceLine } from '../../kernel-text/ftrace.ts';
import { type Command, EXIT, type Io } from '../io.ts';
import { oneOf, readOptions } from '../options.ts';
import {
  readScenario,
  runRecorded,
  SCENARIO_OPTIONS,
  SCENARIO_USAGE,
  type ScenarioInput,
} from '../scenario-input.ts';

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
  const writer = createTraceWriter(bootMachine(config));
  runRecorded(config, log, log.length, (m, i) => linesOf(writer, m, log, i).forEach(see));
}

function perfetto({ config, log, title }: ScenarioInput, io: Io): void {
  const out = inPieces(io);
  let first = true;
  const put = (event: ChromeEvent) => {
    out.put(`${first ? '' : ','}\n${JSON.stringify(event)}`);
    first = false;
  };
  const about = JSON.stringify({ title, policy: config.policy.name, seed: config.seed });
  out.put(`{"displayTimeUnit":"ms","otherData":${about},"traceEvents":[`);
  const writer = createPerfettoWriter(bootMachine(config), put);
  runRecorded(config, log, log.length, (m, i) => putOperation(writer, m, log, i));
  closePerfetto(writer);
  out.put('\n]}\n');
  out.flush();
}
