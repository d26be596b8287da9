/** Why a request of an order fails: questions, answers, the kernel function that decides. */
import { useEffect, useRef } from 'react';
import type { WhyAnswer, WhyInFull, WhyReport } from '../../analysis/why-report.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { count, hex, thousandths } from '../words.ts';
import { LatencyLink } from './LatencyLink.tsx';
import { WhyPolicies } from './WhyPolicies.tsx';

/** The answer's detail, with the window it speaks of set in the accent. */
function Detail({ answer }: { readonly answer: WhyAnswer }) {
  const name = answer.pfn === undefined ? '' : hex(answer.pfn);
  const at = name === '' ? -1 : answer.detail.indexOf(name);
  if (at < 0) return <p>{answer.detail}</p>;
  return (
    <p>
      {answer.detail.slice(0, at)}
      <b className="mono acc">{name}</b>
      {answer.detail.slice(at + name.length)}
    </p>
  );
}

function Tree({ why }: { readonly why: WhyReport }) {
  const { store } = useLab();
  return (
    <ol className="why-tree">
      {why.tree.map((answer) => (
        <li
          key={answer.question}
          className={answer.tone}
          onPointerEnter={() =>
            answer.pfn !== undefined && store.setState({ hover: { pfn: answer.pfn, pages: 1 << why.order } })
          }
          onPointerLeave={() => answer.pfn !== undefined && store.setState({ hover: null })}
        >
          <b>{answer.question}</b> {answer.answer}
          <Detail answer={answer} />
          {answer.fn.includes('(') && <code>{answer.fn}</code>}
        </li>
      ))}
    </ol>
  );
}

interface WhyTreeProps {
  readonly why: WhyReport | WhyInFull;
  /** Takes the focus when it appears: the person asked for it. */
  readonly asked?: boolean;
}

export function WhyTree({ why, asked = false }: WhyTreeProps) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (asked) panel.current?.focus();
  }, [asked]);
  const failed = useLabState((state) => state.detail?.failed ?? null);
  const justFailed = failed !== null && failed.order === why.order;
  const call = justFailed ? ` · alloc_pages(${failed.gfp}, ${why.order})` : '';
  const title = justFailed
    ? `Why did order ${why.order} fail?`
    : why.wouldSucceed
      ? `Would order ${why.order} succeed?`
      : `Why would order ${why.order} fail?`;
  const blocked = why.blockedBy.reduce((sum, { windows }) => sum + windows, 0);
  return (
    <section className="why" aria-labelledby="why" ref={panel} tabIndex={-1}>
      <h2 id="why">{title}</h2>
      <p className="mono muted small call">
        step {count(why.step)}
        {call}
      </p>
      <Tree why={why} />
      {justFailed && <LatencyLink />}
      {blocked > 0 && (
        <div className="blockers">
          <h3>What blocks the other {count(blocked)}</h3>
          <table>
            <tbody>
              {why.blockedBy.map(({ kind, windows }) => (
                <tr key={kind}>
                  <td className="num">{count(windows)}</td>
                  <td>{kind}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <WhyPolicies why={why} />
      <p className="muted small indices">
        unusable index, order {why.order} <span className="mono">{thousandths(why.unusableIndex)}</span>
        {'  '}extfrag index <span className="mono">{thousandths(why.fragIndex)}</span>: {why.indexText}
      </p>
    </section>
  );
}
