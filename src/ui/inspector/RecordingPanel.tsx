/** What was read of a recording, and what had to be assumed. */
import type { RecordingFacts } from '../../worker/protocol.ts';
import { count } from '../words.ts';

interface LinesProps {
  readonly title: string;
  readonly lines: readonly (readonly [string, number])[];
}

function Lines({ title, lines }: LinesProps) {
  if (lines.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <table className="account facts">
        <caption className="vh">{title}</caption>
        <tbody>
          {lines.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="num">{count(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

export function RecordingPanel({ facts }: { readonly facts: RecordingFacts }) {
  return (
    <section className="recording" aria-labelledby="recording">
      <h2 id="recording">{facts.name}</h2>
      <p className="muted small">as recorded</p>
      <Lines
        title="What was read"
        lines={[
          ['Events in the file', facts.read],
          ['Used', facts.used],
          ...facts.skipped.map(({ reason, count: n }) => [reason, n] as const),
        ]}
      />
      <Lines title="By type" lines={facts.byType.map(({ type, count: n }) => [type, n] as const)} />
      <Lines title="Conflicts" lines={facts.conflicts.map(({ kind, count: n }) => [kind, n] as const)} />
      {facts.assumptions.length > 0 && (
        <>
          <h3>What is assumed</h3>
          <ul className="assumptions">
            {facts.assumptions.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
