/** What an operation came to under one policy, in a sentence that is set beside another policy's. */
import type { Machine } from '../../engine/machine.ts';
import type { Operation } from '../../engine/operation.ts';
import type { TraceEvent } from '../../engine/trace-event.ts';
import { narrateOperation } from './headline.ts';
import { count, hex, plural } from './words.ts';

/**
 * The operation's headline, and what it cost others: "Order 5 is served: block 0x2c0; 12 pages evicted, 0x2c1 first".
 * @param events all events of the operation, in order
 * @param m the machine after it
 */
export function narrateOutcome(operation: Operation, events: readonly TraceEvent[], m: Machine): string {
  const { text } = narrateOperation(operation, events, m);
  const clauses = [evicted(events, text), moved(events, text)].filter((clause) => clause !== '');
  return [text, ...clauses].join('; ');
}

function evicted(events: readonly TraceEvent[], told: string): string {
  if (told.includes('evicted')) return '';
  const drops = events.filter(({ type }) => type === 'drop');
  const [first] = drops;
  if (first === undefined) return '';
  return drops.length === 1
    ? `${hex(first.pfn)} evicted`
    : `${count(drops.length)} pages evicted, ${hex(first.pfn)} first`;
}

function moved(events: readonly TraceEvent[], told: string): string {
  if (told.includes('moved')) return '';
  const moves = events.filter(({ type }) => type === 'movePage').length;
  return moves === 0 ? '' : `${plural(moves, 'page')} moved`;
}
