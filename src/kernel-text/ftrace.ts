/** The door to ftrace text: {@link createFtraceParser}, {@link parseFtrace} and {@link printFtrace}. */

export { NULL_PAGE, printPage, printTraceHeader, printTraceLine, type TraceLine } from './ftrace/line.ts';
export { hasTraceHeader, type OptionInTheWay, optionInTheWay } from './ftrace/options.ts';
export type { FtraceNotes } from './ftrace/other-lines.ts';
export { createFtraceParser, type FtraceParser, type FtraceText, parseFtrace } from './ftrace/parse.ts';
export { printEvent, printFtrace } from './ftrace/print.ts';
