/**
 * Who was forked from whom, for the OOM killer of Linux 2.6.24 (mm/oom_kill.c badness(), oom_kill_process()), which
 * weighs a process's children and takes one of them first. 2.6.9 knows neither, 6.12 no longer does, so nothing is kept
 * for them. A process whose parent has gone is init's (kernel/exit.c forget_original_parent), which is no process here.
 */
import { C } from '../counters.ts';
import type { Machine } from '../machine.ts';

/** Whether the machine's OOM killer asks for children. */
export function weighsChildren(m: Machine): boolean {
  return m.config.policy.name === 'mobility-lumpy';
}

/** Notes a fork under way. Children have memory of their own: no two processes share one here. */
export function adoptChild(m: Machine, parent: number, child: number): void {
  if (!weighsChildren(m)) return;
  m.processFork[2 * child] = parent + 1;
  m.processFork[2 * child + 1] = m.counters[C.operations]!;
}

/** Children of a process, the oldest first, as its list has them; none under a kernel that does not ask. */
export function childrenOf(m: Machine, process: number): number[] {
  if (!weighsChildren(m)) return [];
  const children: number[] = [];
  for (let other = 0; other < m.processAlive.length; other++) {
    if (m.processFork[2 * other] === process + 1) children.push(other);
  }
  return children.sort((a, b) => m.processFork[2 * a + 1]! - m.processFork[2 * b + 1]!);
}

/** A process ends: it is nobody's child any more, and its children are init's. */
export function forgetFamily(m: Machine, process: number): void {
  for (const child of [process, ...childrenOf(m, process)]) m.processFork.fill(0, 2 * child, 2 * child + 2);
}
