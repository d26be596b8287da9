/** What an action costs is booked where it happens: its declared price, and that it happened. */
import type { Action } from './cost.ts';
import { C } from './counters.ts';
import type { Machine } from './machine.ts';
import { countAction } from './measures.ts';

/** Books `times` of an action at its price in the machine's cost table. */
export function charge(m: Machine, action: Action, times = 1): void {
  m.counters[C.costNs] = m.counters[C.costNs]! + m.config.cost[action] * times;
  countAction(m, action, times);
}
