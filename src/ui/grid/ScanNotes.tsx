/** While a slab is being reclaimed: a note beside each slab the daemon looked at, in the ledger's place. */
import { cellY, type Layout } from '../../render/layout.ts';
import type { ReclaimAccount } from '../../worker/protocol.ts';
import { useLabState } from '../lab-context.ts';
import { count, hex, plural, refusalWord } from '../words.ts';

type Candidate = ReclaimAccount['scan'][number];

function lost(account: ReclaimAccount, pfn: number): string {
  const tried = account.tries.find((one) => one.pfn === pfn);
  if (!tried) return '';
  const where = tried.reasonPfn === null ? '' : `${hex(tried.reasonPfn)} `;
  const gone = tried.dropped + tried.written + tried.swapped + tried.cleared;
  return `${where}${refusalWord(tried.reason)}${gone > 0 ? `: ${count(gone)} lost for nothing` : ''}`;
}

function Note({ account, candidate }: { readonly account: ReclaimAccount; readonly candidate: Candidate }) {
  if (candidate.state === 'refused') {
    return (
      <>
        <b className="acc">refused</b> <span className="lede">{lost(account, candidate.pfn)}</span>
      </>
    );
  }
  if (candidate.state === 'candidate') {
    return (
      <>
        <b className="mono figure">{count(candidate.clean)}</b>{' '}
        <span className="muted">
          clean{account.rule === 'fewest-objects' && ` of ${count(candidate.inUse)}`}
        </span>
      </>
    );
  }
  const phase = (name: string) => account.phases.filter((page) => page.phase === name).length;
  const io = phase('writing') + phase('swapping');
  return (
    <>
      <b className="acc">{count(candidate.clean)} clean, chosen</b>{' '}
      <span className="lede">
        {plural(phase('dropped'), 'page')} dropped{io > 0 && `, ${count(io)} in I/O`}
      </span>
    </>
  );
}

export function ScanNotes({ layout }: { readonly layout: Layout }) {
  const account = useLabState((state) => state.detail?.reclaim ?? null);
  if (account === null) return null;
  return (
    <ul className="scan-notes" aria-label="Slabs the daemon looked at">
      {account.scan.map((candidate) => (
        <li key={candidate.pfn} style={{ top: cellY(layout, candidate.pfn), height: layout.cell }}>
          <span className="vh">{hex(candidate.pfn)}: </span>
          <Note account={account} candidate={candidate} />
        </li>
      ))}
    </ul>
  );
}
