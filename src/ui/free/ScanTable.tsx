/** The slabs the daemon looked at, in the order its rule prefers them. */
import type { ReclaimAccount } from '../../worker/protocol.ts';
import { useLab } from '../lab-context.ts';
import { count, hex, pagesText } from '../words.ts';
import { ranked, scanText } from './scan-words.ts';

const BAR = 60;

const STATES: Readonly<Record<ReclaimAccount['scan'][number]['state'], string>> = {
  candidate: '',
  refused: 'refused',
  now: 'now',
  discarded: 'emptied',
};

export function ScanTable({ account }: { readonly account: ReclaimAccount }) {
  const { store } = useLab();
  const byUse = account.rule === 'fewest-objects';
  const most = Math.max(1, account.slabPages);
  return (
    <section className="scan-table" aria-labelledby="scan">
      <h3 id="scan">Scan, MAX_DEFRAG_SCAN {count(account.maxDefragScan)}</h3>
      <p className="lede">{scanText(account)}</p>
      <table>
        <thead className="vh">
          <tr>
            <th scope="col">slab</th>
            <th scope="col">bar</th>
            <th scope="col">{byUse ? 'pages in use' : 'clean file pages'}</th>
            <th scope="col">state</th>
          </tr>
        </thead>
        <tbody>
          {ranked(account).map(({ pfn, clean, inUse, state }) => (
            <tr
              key={pfn}
              className={state}
              onPointerEnter={() => store.setState({ hover: { pfn, pages: account.slabPages } })}
              onPointerLeave={() => store.setState({ hover: null })}
            >
              <th scope="row" className="mono">
                {hex(pfn)}
              </th>
              <td aria-hidden="true">
                <i className="bar" style={{ width: Math.max(1, ((byUse ? inUse : clean) * BAR) / most) }} />
              </td>
              <td className="num">{count(byUse ? inUse : clean)}</td>
              <td>{STATES[state]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {account.slabPfn !== null && (
        <p className="muted small">
          {account.regret === 0
            ? 'No slab of the cache would have been a better choice. Regret 0.'
            : `The best slab of the cache has ${pagesText(account.regret)} more that are clean. Regret ${count(account.regret)}.`}
        </p>
      )}
    </section>
  );
}
