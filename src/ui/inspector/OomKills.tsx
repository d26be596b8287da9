/** Whom the OOM killer took in this step, and who was next in line, by the score of the policy's kernel. */
import type { StepBill } from '../../worker/protocol.ts';
import { count, plural } from '../words.ts';
import { ProcessLink } from './links.tsx';

type Kill = StepBill['killed'][number];

const FORMULAS: Readonly<Record<Kill['formula'], readonly [string, string]>> = {
  virtual: ['badness()', 'virtual pages, divided by the fourth root of the run time in units of 1,024 s'],
  family: [
    'badness()',
    'virtual pages and half of each child’s, divided by the fourth root of the run time in units of 1,024 s; the oldest child of the process with the highest score is killed in its place',
  ],
  held: ['oom_badness()', 'resident pages, swapped pages and page tables; oom_score_adj is 0 for all'],
};

function KillTable({ kill }: { readonly kill: Kill }) {
  const [name, words] = FORMULAS[kill.formula];
  return (
    <>
      <table className="account">
        <caption className="vh">Scores of the processes when process {kill.process} was killed</caption>
        <thead>
          <tr>
            <th scope="col">process</th>
            <th scope="col">score</th>
          </tr>
        </thead>
        <tbody>
          <tr className="sum">
            <th scope="row">process {kill.process}, killed</th>
            <td className="num strong">{count(kill.score)}</td>
          </tr>
          {kill.others.map(({ process, score }) => (
            <tr key={process}>
              <th scope="row">
                <ProcessLink process={process} />
              </th>
              <td className="num">{count(score)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {kill.omitted > 0 && (
        <p className="muted small">and {plural(kill.omitted, 'more process', 'more processes')}</p>
      )}
      <p className="muted small">
        <code>{name}</code>: {words}.
      </p>
    </>
  );
}

export function OomKills({ killed }: { readonly killed: readonly Kill[] }) {
  if (killed.length === 0) return null;
  return (
    <section className="oom-kills" aria-labelledby="oom-kills">
      <h2 id="oom-kills">Killed for memory</h2>
      {killed.map((kill) => (
        <KillTable key={kill.process} kill={kill} />
      ))}
    </section>
  );
}
