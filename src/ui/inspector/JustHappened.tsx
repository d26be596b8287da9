/** After a block was freed or a request served: the whole account, and what it did to the LRU. */

import type { ReclaimAccount, LruStrip as Strip } from '../../worker/protocol.ts';
import { evictions, forNothing } from '../headline/headline.ts';
import { useLabState } from '../lab-context.ts';
import { count, milliseconds, refusalWord } from '../words.ts';
import { LatencyLink } from './LatencyLink.tsx';
import { LruStrip } from './LruStrip.tsx';

function linesOf(account: ReclaimAccount, device: string): readonly (readonly [string, string])[] {
  const total = (pick: (one: ReclaimAccount['tries'][number]) => number) =>
    account.tries.reduce((sum, one) => sum + pick(one), 0);
  return [
    ['Slabs tried', count(account.tries.length)],
    ['Pages evicted', count(evictions(account))],
    ['… for nothing', count(forNothing(account))],
    ['Written', count(total((one) => one.written))],
    ['Swapped', count(total((one) => one.swapped))],
    ['PTEs unmapped', count(total((one) => one.pteUnmaps))],
    ['Pages looked at', count(total((one) => one.lookedAt))],
    [device === '' ? 'Time' : `Time, ${device}`, milliseconds(total((one) => one.costNs))],
  ];
}

interface JustHappenedProps {
  readonly account: ReclaimAccount;
  /** The LRU at the reclaim. */
  readonly lru: Strip;
  /** Evicted pages asked for again since. */
  readonly refaults: number;
}

export function JustHappened({ account, lru, refaults }: JustHappenedProps) {
  const device = useLabState((state) => state.opened?.machine.device ?? '');
  const policy = useLabState((state) => state.opened?.policy ?? '');
  const refused = account.tries.filter((one) => one.outcome === 'refused');
  return (
    <section className="just-happened" aria-labelledby="happened">
      <h2 id="happened">What just happened</h2>
      <table className="account">
        <thead>
          <tr>
            <td />
            <th scope="col">{policy}</th>
          </tr>
        </thead>
        <tbody>
          {linesOf(account, device).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="num strong">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {refused.map((one) => (
        <p key={one.pfn} className="muted small refusal">
          <span className="mono">0x{one.pfn.toString(16)}</span> refused
          {one.reasonPfn !== null && (
            <>
              : <span className="mono">0x{one.reasonPfn.toString(16)}</span>
            </>
          )}{' '}
          {refusalWord(one.reason)}
        </p>
      ))}
      <LatencyLink />
      <LruStrip strip={lru} refaults={refaults} />
    </section>
  );
}
