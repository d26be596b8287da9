/** A whole operation as one sentence: its outcome where it had one worth telling, else what it asked. */
import type { Machine } from '../../engine/machine.ts';
import type { Operation } from '../../engine/operation.ts';
import type { TraceEvent } from '../../engine/trace-event.ts';
import { narrateEvent } from './event.ts';
import { type Line, toLine } from './line.ts';
import { sayOperation } from './operation.ts';
import { count } from './words.ts';

/** Outcomes that are the headline of any operation they happen in, the most telling first. */
const TELLING: readonly TraceEvent['type'][] = ['oomKill', 'allocFailed', 'notHere'];

/** Operations in which a failed request of the allocator is no outcome: something else is tried then. */
const TRIES_ON: readonly Operation['op'][] = ['poolAlloc'];

/** Operations that are told by an event of a kind rather than by what they asked; the last such event counts. */
const OUTCOMES: Partial<Record<Operation['op'], readonly TraceEvent['type'][]>> = {
  alloc: ['pageAlloc'],
  free: ['pageFree'],
  reclaimSlab: ['slabDiscarded', 'slabRefused', 'noCandidate', 'slabReclaimEnd'],
  readFile: ['readFolio'],
  writeFile: ['readFolio'],
  objectLookup: ['objectAlloc'],
  failedAlloc: ['recordedFailure'],
  poolCreate: ['poolCreate'],
  poolAlloc: ['poolAlloc', 'poolSleep', 'poolFail'],
  pin: ['pin'],
  unpin: ['unpin'],
};

/** What the machine does of its own accord at an operation's end: the headline when nothing was asked. */
const BACKGROUND: readonly TraceEvent['type'][] = [
  'slabDiscarded',
  'slabRefused',
  'windowFreed',
  'windowKept',
  'kswapdSleep',
  'cacheReap',
  'writebackEnd',
];

/**
 * The headline of an operation: "Request for order 5 fails: largest free block is order 4".
 *
 * @param events all events of the operation, in order
 * @param m the machine after it
 */
export function narrateOperation(operation: Operation, events: readonly TraceEvent[], m: Machine): Line {
  for (const type of TELLING) {
    if (type === 'allocFailed' && TRIES_ON.includes(operation.op)) continue;
    const event = events.find((candidate) => candidate.type === type);
    if (event) return narrateEvent(event, m);
  }
  if (events.some((event) => event.type === 'absent')) return absent(operation, m);
  const told = fault(operation, events) ?? outcome(operation, events);
  if (told) return 'text' in told ? told : narrateEvent(told, m);
  return toLine(sayOperation(operation, m));
}

/** An operation on something that failure, eviction or the OOM killer has taken away. */
function absent(operation: Operation, m: Machine): Line {
  const { texts } = sayOperation(operation, m);
  return toLine({
    rule: 'An operation on something that is gone is counted and does nothing.',
    fn: '',
    texts: [...texts.map((text) => `${text}: it is not there`), 'Nothing is there: counted, nothing done'],
  });
}

function outcome(operation: Operation, events: readonly TraceEvent[]): TraceEvent | undefined {
  const types = operation.op === 'idle' ? BACKGROUND : (OUTCOMES[operation.op] ?? []);
  for (const type of types) {
    const event = events.findLast(
      (candidate) =>
        candidate.type === type && (operation.op !== 'alloc' || candidate.order === operation.order),
    );
    if (event) return event;
  }
  return undefined;
}

/** Touches, reads and writes: what the page fault or the page cache did. */
function fault(operation: Operation, events: readonly TraceEvent[]): Line | TraceEvent | undefined {
  if (operation.op !== 'touch' && operation.op !== 'readFile' && operation.op !== 'writeFile')
    return undefined;
  const refault = events.find((event) => event.type === 'refault');
  const who =
    operation.op === 'touch'
      ? `Process ${count(operation.process)} faults`
      : `File ${count(operation.file)} is ${operation.op === 'readFile' ? 'read' : 'written'}`;
  if (refault) {
    return toLine({
      rule: 'An evicted page asked for again must be read back.',
      fn: operation.op === 'touch' ? 'do_page_fault' : 'page_cache_readahead',
      texts: [`${who}: page ${count(operation.page)} was evicted, a refault`, `${who}: a refault`],
    });
  }
  return events.find((event) => event.type === 'fault');
}
