/** The life of the page frame, newest first. Every line goes to its moment, and shows the page as it looked then. */
import type { Phase } from '../../render/page-view.ts';
import { isBefore, samePosition } from '../../store/state.ts';
import type { LifeLine, Position } from '../../worker/protocol.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { count, pfnText } from '../words.ts';
import { Look } from './Look.tsx';

/** What reclaim did to the page in the line, as the grid draws it. */
const PHASES: Readonly<Partial<Record<LifeLine['type'], Phase>>> = {
  unmap: 'unmapped',
  drop: 'dropped',
  writePage: 'writing',
  swapPage: 'swapping',
  refuse: 'refused',
};

const positionOf = ({ step, event }: LifeLine): Position => ({ step, event });

interface LineProps {
  readonly line: LifeLine;
  readonly pfn: number;
  readonly when: 'past' | 'now' | 'later';
}

function Line({ line, pfn, when }: LineProps) {
  const { session, player, selecting } = useLab();
  const go = () => {
    player.pause();
    // The story is the frame's: before and after this owner others had it.
    selecting.follow({ kind: 'page', pfn });
    void session.seek(positionOf(line));
  };
  const since = line.times > 1 ? `, ${count(line.times)} times since step ${count(line.since)}` : '';
  return (
    <li className={when}>
      <button type="button" onClick={go} aria-current={when === 'now' ? 'step' : undefined}>
        <span className="mono step">
          <span className="vh">Step </span>
          {count(line.step)}
          {line.event > 0 && `.${line.event}`}
        </span>
        <Look look={line.look} phase={PHASES[line.type]} />
        <span>
          {line.text}
          {since} {line.fn !== '' && <code>{line.fn}</code>}
        </span>
      </button>
    </li>
  );
}

/** The last of the lines that is not after the moment shown; −1 where all are. */
function lineNow(lines: readonly LifeLine[], at: Position): number {
  return lines.findLastIndex((line) => !isBefore(at, positionOf(line)) || samePosition(at, positionOf(line)));
}

export function LifeStory() {
  const { life: loading } = useLab();
  const life = useLabState((state) => state.life);
  const pfn = useLabState((state) => state.inspection?.pfn ?? null);
  const at = useLabState((state) => state.frame?.at ?? null);
  const playing = useLabState((state) => state.playing);
  const pages = useLabState((state) => state.opened?.machine.pages ?? 0);
  if (pfn === null || at === null) return null;
  const told = life !== null && life.pfn === pfn ? life : null;
  const now = told === null ? -1 : lineNow(told.lines, at);
  return (
    <section className="pane-part life" aria-labelledby="life">
      <h2 id="life">
        The life of page <span className="mono">{pfnText(pfn, pages)}</span>
      </h2>
      <p className="muted small">
        {told === null && playing
          ? 'Told when the run stands still.'
          : 'Newest first. Every line jumps to its step.'}
      </p>
      {told !== null && (
        <ol>
          {told.lines
            .map((line, i) => (
              <Line
                key={`${line.step}.${line.event}.${line.type}.${line.text}`}
                line={line}
                pfn={told.pfn}
                when={i === now ? 'now' : i > now ? 'later' : 'past'}
              />
            ))
            .reverse()}
        </ol>
      )}
      {told?.loading && (
        <p className="muted small">Looking back from step {count(Math.max(0, told.reached))}</p>
      )}
      {told !== null && !told.loading && !told.complete && (
        <button type="button" className="word-btn" onClick={() => void loading.more()}>
          Look further back than step {count(told.reached)}
        </button>
      )}
    </section>
  );
}
