/** The OOM killer's choice: whom it killed, and whom it could have killed, with their scores. */
import type { Machine } from '../engine/machine.ts';
import { weighsChildren } from '../engine/user/children.ts';
import { oomScore, scoresHeldPages } from '../engine/user/oom-score.ts';

export interface OomKill {
  readonly process: number;
  readonly score: number;
  /** 'virtual': badness() of 2.6.9; 'family': that of 2.6.24, with children; 'held': oom_badness() of 6.12. */
  readonly formula: 'virtual' | 'family' | 'held';
  /** The other processes that were running, the next in line first; at most {@link CANDIDATES}. */
  readonly others: readonly { readonly process: number; readonly score: number }[];
  /** Running processes beyond those listed. */
  readonly omitted: number;
}

/** Other processes listed of a kill. */
const CANDIDATES = 8;

/**
 * The kill that event `i`, an `oomKill`, tells of; the machine is as it was just then. By the victim's end only its
 * parent's score has changed, under 2.6.24.
 */
export function killAt(m: Machine, i: number): OomKill {
  const others = [];
  for (let process = 0; process < m.processAlive.length; process++) {
    if (m.processAlive[process]) others.push({ process, score: oomScore(m, process) });
  }
  others.sort((a, b) => b.score - a.score || a.process - b.process);
  return {
    process: m.log.a[i]!,
    score: m.log.b[i]!,
    formula: scoresHeldPages(m) ? 'held' : weighsChildren(m) ? 'family' : 'virtual',
    others: others.slice(0, CANDIDATES),
    omitted: Math.max(0, others.length - CANDIDATES),
  };
}
