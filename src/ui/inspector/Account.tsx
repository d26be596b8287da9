/** The reclaim under way: the slab, its pages by phase, and what it costs, lost slabs beside it. */

import type { PagePhase, ReclaimAccount, ReclaimTry } from '../../worker/protocol.ts';
import { progressOf } from '../headline/headline.ts';
import { useLabState } from '../lab-context.ts';
import { count, hex, milliseconds, orDot, pagesText } from '../words.ts';
import { SlabCloseUp } from './SlabCloseUp.tsx';

const PHASES: readonly (readonly [PagePhase, string])[] = [
  ['waiting', 'waiting'],
  ['unmapped', 'unmapped'],
  ['writing', 'being written ↓'],
  ['swapping', 'to swap ⇣'],
  ['dropped', 'dropped'],
  ['refused', 'refused'],
];

function PhaseCounts({ account }: { readonly account: ReclaimAccount }) {
  return (
    <dl className="phases">
      {PHASES.map(([phase, text]) => (
        <div key={phase}>
          <dt>{text}</dt>
          <dd className="mono">{count(account.phases.filter((page) => page.phase === phase).length)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The account's lines: what is counted, and where it stands in a try. */
export const ACCOUNT_LINES: readonly (readonly [string, keyof ReclaimTry & Countable])[] = [
  ['PTEs unmapped', 'pteUnmaps'],
  ['Pages dropped', 'dropped'],
  ['Pages written', 'written'],
  ['Pages swapped', 'swapped'],
  ['Objects cleared', 'cleared'],
  ['Pages looked at', 'lookedAt'],
  ['TLB flushes', 'tlbFlushes'],
];
type Countable = 'pteUnmaps' | 'dropped' | 'written' | 'swapped' | 'cleared' | 'lookedAt' | 'tlbFlushes';

function CostTable({ tries }: { readonly tries: readonly ReclaimTry[] }) {
  const now = tries.at(-1);
  if (now === undefined) return null;
  const lost = tries.slice(0, -1).slice(-1);
  const total = (key: Countable | 'costNs') => tries.reduce((sum, one) => sum + one[key], 0);
  const lines = ACCOUNT_LINES.filter(([, key]) => key !== 'cleared' || total(key) > 0);
  return (
    <table className="account">
      <caption className="vh">What it costs</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">this slab</th>
          {lost.map((one) => (
            <th scope="col" key={one.pfn}>
              {hex(one.pfn)}
            </th>
          ))}
          <th scope="col">total</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(([text, key]) => (
          <tr key={key}>
            <th scope="row">{text}</th>
            <td className="num">{orDot(now[key])}</td>
            {lost.map((one) => (
              <td className="num muted" key={one.pfn}>
                {orDot(one[key])}
              </td>
            ))}
            <td className="num">{orDot(total(key))}</td>
          </tr>
        ))}
        <tr className="sum">
          <th scope="row">Modelled time</th>
          <td className="num">{milliseconds(now.costNs)}</td>
          {lost.map((one) => (
            <td className="num muted" key={one.pfn}>
              {milliseconds(one.costNs)}
            </td>
          ))}
          <td className="num">{milliseconds(total('costNs'))}</td>
        </tr>
      </tbody>
    </table>
  );
}

export function Account({ account }: { readonly account: ReclaimAccount }) {
  const device = useLabState((state) => state.opened?.machine.device ?? '');
  const { all } = progressOf(account);
  return (
    <section className="reclaim-account" aria-labelledby="account">
      <h2 id="account">
        {account.slabPfn === null
          ? 'The daemon looks for a slab'
          : `Slab ${hex(account.slabPfn)}, ${account.cache}`}
      </h2>
      <p className="muted small">
        {pagesText(account.slabPages)}
        {account.slabPfn !== null && `, ${count(all)} in use`}
      </p>
      {account.slabPfn !== null && (
        <>
          <SlabCloseUp account={account} />
          <PhaseCounts account={account} />
        </>
      )}
      {account.tries.length > 0 && (
        <>
          <h3>What it costs</h3>
          <CostTable tries={account.tries} />
          <p className="muted small functions">
            <code>try_to_unmap()</code> <code>pageout()</code> <code>add_to_swap()</code>
            {device !== '' && <span>Costs of {device}.</span>}
          </p>
        </>
      )}
    </section>
  );
}
