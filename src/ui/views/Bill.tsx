/** Modelled time as a sum that can be opened: how often each action was done, times its price. */
import type { BillPart, RequestBill, StepBill } from '../../worker/protocol.ts';
import { PageLink } from '../inspector/links.tsx';
import { count, duration, plural } from '../words.ts';
import { ACTION_WORDS } from './action-words.ts';

/** The parts of a sum, and the sum in nanoseconds. */
export function Sum({
  parts,
  ns,
  name,
}: {
  readonly parts: readonly BillPart[];
  readonly ns: number;
  readonly name: string;
}) {
  return (
    <table className="account bill-sum">
      <caption className="vh">{name}</caption>
      <tbody>
        {parts.map((part) => (
          <tr key={part.action}>
            <th scope="row">{ACTION_WORDS[part.action]}</th>
            <td className="num">
              {count(part.times)} × {count(part.priceNs)}
            </td>
            <td className="num">{count(part.ns)} ns</td>
          </tr>
        ))}
        <tr className="sum">
          <th scope="row">Together</th>
          <td />
          <td className="num">{count(ns)} ns</td>
        </tr>
      </tbody>
    </table>
  );
}

function outcomeText({ order, outcome, oomKills }: RequestBill): string {
  const killed = oomKills > 0 ? ` after ${plural(oomKills, 'process', 'processes')} killed for memory` : '';
  return `Order ${order} ${outcome}${killed}`;
}

function Request({ bill, open }: { readonly bill: RequestBill; readonly open: boolean }) {
  const name = outcomeText(bill);
  return (
    <details className="bill" open={open}>
      <summary>
        {name}: <b>{duration(bill.latencyNs)}</b>
      </summary>
      <p className="muted small">
        <code>{bill.gfp}</code>
        {bill.pfn !== null && (
          <>
            , at <PageLink pfn={bill.pfn} />
          </>
        )}
      </p>
      <Sum parts={bill.parts} ns={bill.latencyNs} name={`Latency of the request: ${name}`} />
    </details>
  );
}

/** A step's requests, dearest open, and what lies outside of them. */
export function StepSums({ bill }: { readonly bill: StepBill }) {
  const dearest = Math.max(0, ...bill.requests.map(({ latencyNs }) => latencyNs));
  const first = bill.requests.findIndex(({ latencyNs }) => latencyNs === dearest);
  return (
    <>
      <p className="small">
        {bill.ns === 0
          ? 'It cost nothing.'
          : `It cost ${duration(bill.ns)} in all, with ${plural(bill.requests.length + bill.requestsOmitted, 'request')} for memory.`}
      </p>
      {bill.requests.map((request, i) => (
        <Request key={request.event} bill={request} open={i === first} />
      ))}
      {bill.requestsOmitted > 0 && (
        <p className="muted small">and {plural(bill.requestsOmitted, 'more request')}</p>
      )}
      {bill.outside.ns > 0 && (
        <details className="bill">
          <summary>
            Outside requests: <b>{duration(bill.outside.ns)}</b>
          </summary>
          <p className="muted small">Reading pages, mapping them, kswapd and the daemon.</p>
          <Sum parts={bill.outside.parts} ns={bill.outside.ns} name="Outside requests" />
        </details>
      )}
    </>
  );
}
