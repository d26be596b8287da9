/** On whose behalf each event of an operation happened: the asking task, direct reclaim within it, kswapd, the daemon. */
import { EV, type EventLog } from '../../engine/trace-event.ts';

export const WHO = { task: 0, direct: 1, kswapd: 2, daemon: 3 } as const;
export type Who = (typeof WHO)[keyof typeof WHO];

/** What kswapd's own work can emit; the first other event before its sleep is the task's. */
const KSWAPD_EVENTS: ReadonlySet<number> = new Set([
  EV.keep,
  EV.activate,
  EV.deactivate,
  EV.unmap,
  EV.drop,
  EV.writebackStart,
  EV.writebackEnd,
  EV.pageFree,
  EV.listAdd,
  EV.merge,
  EV.slabDestroy,
  EV.arrayFlush,
  EV.pcpDrain,
  EV.shrinkSlab,
  EV.objectFree,
]);

/**
 * Looks at all events of one operation.
 * @param daemon whether the policy leaves slab reclaim to the daemon, so that it follows a failed request
 */
export function whoseEvents(log: EventLog, daemon: boolean): Uint8Array {
  const who = new Uint8Array(log.count);
  let direct = false;
  let failed = false;
  let awake = false;
  for (let i = 0; i < log.count; i++) {
    const type = log.type[i];
    if (type === EV.directReclaimBegin) direct = true;
    if (type === EV.daemonWake) awake = true;
    who[i] = direct ? WHO.direct : awake || (daemon && failed) ? WHO.daemon : WHO.task;
    if (type === EV.daemonSleep) awake = false;
    if (type === EV.directReclaimEnd) direct = false;
    if (type === EV.allocFailed) failed = true;
  }
  for (let i = log.count - 1; i >= 0; i--) {
    if (log.type[i] !== EV.kswapdSleep) continue;
    who[i] = WHO.kswapd;
    for (let j = i - 1; j >= 0 && KSWAPD_EVENTS.has(log.type[j]!) && who[j] !== WHO.direct; j--)
      who[j] = WHO.kswapd;
  }
  return who;
}
