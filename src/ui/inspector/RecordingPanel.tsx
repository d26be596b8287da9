/** What was read of a recording, and what had to be assumed. */
import './recording-panel.css';
import type { RecordingFacts } from '../../worker/protocol.ts';
import { otherPolicy } from '../headline/headline.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { count, sentence } from '../words.ts';

type Line = readonly [name: string, value: string, mono?: boolean];

interface LinesProps {
  readonly title: string;
  readonly lines: readonly Line[];
}

function Lines({ title, lines }: LinesProps) {
  if (lines.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <table className="account facts">
        <caption className="vh">{title}</caption>
        <tbody>
          {lines.map(([name, value, mono]) => (
            <tr key={name}>
              <th scope="row" className={mono ? 'mono' : ''}>
                {name}
              </th>
              <td className="num">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** The counts of src/import/recording/what-if.ts, for people; one not named here is shown as it is called there. */
const CONFLICTS: Readonly<Record<string, string>> = {
  overlappingAllocs: 'Allocated over a page still held',
  freesOfUnknown: 'Freed without an allocation seen',
  freesFromBefore: '… in use since before the recording',
  freesOfFreePages: '… that counted as free',
  failedAllocs: 'Requests that failed in the recording',
  allocsOfHoles: 'Allocated where no memory is',
  partialFrees: 'Frees of a part of a block',
  splitFrees: 'Blocks that came back in parts',
};

function conflictLines({ conflicts }: RecordingFacts): Line[] {
  const met = conflicts.filter((conflict) => conflict.count > 0);
  if (met.length === 0) return [['Between its events', 'none']];
  return met.map(({ kind, count: n }) => [CONFLICTS[kind] ?? kind, count(n)]);
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Long numbers of the importer's sentences, as the page writes them. Not those of hex or of flags. */
const withCommas = (text: string) =>
  text.replace(/(?<![\w.])\d{4,}(?![\w.])/g, (digits) => count(Number(digits)));

/** Moments of the recording that the recorder marked; each leads there. */
function Marked() {
  const { session } = useLab();
  const notes = useLabState((state) => state.opened?.notes);
  if (notes === undefined || notes.length === 0) return null;
  return (
    <details>
      <summary>
        {count(notes.length)} {notes.length === 1 ? 'marker' : 'markers'} on the timeline
      </summary>
      <ul className="markers">
        {notes.map(({ step, text }, i) => (
          <li key={i}>
            <button
              type="button"
              className="word-btn small"
              onClick={() => void session.seek({ step, event: 0 })}
            >
              <span className="mono">{count(step)}</span> {text}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

export function RecordingPanel({ facts }: { readonly facts: RecordingFacts }) {
  const { session } = useLab();
  const policy = useLabState((state) => state.opened?.policy ?? '');
  const other = useLabState((state) => otherPolicy(state.opened));
  return (
    <section className="recording" aria-labelledby="recording">
      <h2 id="recording">Recording {facts.name}</h2>
      <p className="muted small">what its kernel was asked, replayed under {policy}</p>
      <Lines
        title="What was read"
        lines={[
          ['Events in the file', count(facts.read)],
          ['Lost by the recorder', facts.lost === null ? 'not told' : count(facts.lost)],
          ['Used', count(facts.used)],
          ...facts.skipped.map(({ reason, count: n }): Line => [capital(reason), count(n)]),
        ]}
      />
      <Lines title="Conflicts" lines={conflictLines(facts)} />
      {facts.assumptions.length > 0 && (
        <>
          <h3>What is assumed</h3>
          <ul className="assumptions">
            {facts.assumptions.map((text) => (
              <li key={text}>{sentence(withCommas(text))}</li>
            ))}
          </ul>
        </>
      )}
      <button type="button" className="btn" onClick={() => void session.reopen({ policy: other })}>
        Replay under {other}
      </button>
      <Marked />
      <Lines title="By type" lines={facts.byType.map(({ type, count: n }): Line => [type, count(n), true])} />
    </section>
  );
}
