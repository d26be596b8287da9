/**
 * When the OOM killer may act, Linux 2.6.9 mm/oom_kill.c out_of_memory: only after ten calls in a row spread over
 * more than a second, with no five-second pause between two of them, and never twice within five seconds.
 */
import { C } from './counters.ts';
import type { Machine } from './machine.ts';

const SECOND = 1_000_000_000;

/** One call at simulated time `now` (ns): whether a process is to die. */
export function oomGateOpens(m: Machine, now: number): boolean {
  const last = m.counters[C.oomLastCall]!;
  m.counters[C.oomLastCall] = now;
  if (last === 0 || now - last > 5 * SECOND) {
    m.counters[C.oomFirstCall] = now;
    m.counters[C.oomCalls] = 0;
    return false;
  }
  if (now - m.counters[C.oomFirstCall]! < SECOND) return false;
  const calls = m.counters[C.oomCalls]! + 1;
  m.counters[C.oomCalls] = calls;
  if (calls < 10) return false;
  const kill = m.counters[C.oomLastKill]!;
  if (kill !== 0 && now - kill < 5 * SECOND) return false;
  m.counters[C.oomLastKill] = now;
  m.counters[C.oomFirstCall] = now;
  m.counters[C.oomCalls] = 0;
  return true;
}
