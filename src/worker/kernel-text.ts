/** A moment as the kernel's own text, for the page. */
import { addEvents } from '../analysis/kernel-view/event-tally.ts';
import { type KernelText, kernelText } from '../analysis/kernel-view/kernel-text.ts';
import { createTraceWriter, linesOf } from '../analysis/kernel-view/trace/ftrace-lines.ts';
import { createTiming, timed } from '../analysis/kernel-view/trace/timing.ts';
import { peek, seek, stepRecorded, type Timeline } from '../history/timeline.ts';
import { printTraceLine } from '../kernel-text/ftrace.ts';
import type { KernelTab, Position } from './protocol.ts';
import { tallyAt } from './tallies.ts';

/** @param at a position inside the run */
export function textAt(t: Timeline, at: Position, file: KernelTab): KernelText {
  if (file === 'ftrace') return traceAt(t, at);
  const tally = file === 'vmstat' ? tallyAt(t, at.step) : null;
  peek(t, at.step, at.event);
  if (tally !== null && at.event > 0) addEvents(tally, t.machine);
  return kernelText(t.machine, file, tally);
}

/** The lines of the operation that led here, or of the one we are inside of so far. */
function traceAt(t: Timeline, { step, event }: Position): KernelText {
  const operation = event > 0 ? step : step - 1;
  if (operation < 0) return { text: '', notes: ['no operation has run yet'] };
  seek(t, operation);
  const writer = createTraceWriter(t.machine);
  const timing = createTiming();
  timed(t.machine, timing, () => (event > 0 ? peek(t, step, event) : stepRecorded(t)));
  const lines = linesOf(writer, t.machine, t.operations, operation, timing);
  const notes = lines.length === 0 ? ['this operation passes no tracepoint'] : [];
  return { text: lines.map(printTraceLine).join(''), notes };
}
