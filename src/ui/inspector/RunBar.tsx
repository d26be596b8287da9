/** Pages in a row as a bar, each run in the look of its state. The same is said in words beside it. */

interface Run {
  readonly page: number;
  readonly pages: number;
  readonly state: string;
}

interface RunBarProps {
  readonly runs: readonly Run[];
  readonly pages: number;
  readonly label: string;
}

/** Runs drawn at most: beyond a pixel each nobody can tell them apart. */
const MOST = 1200;

export function RunBar({ runs, pages, label }: RunBarProps) {
  const whole = Math.max(1, pages);
  return (
    <svg
      className="run-bar"
      viewBox={`0 0 ${whole} 10`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {runs.slice(0, MOST).map((run) => (
        <rect key={run.page} className={run.state} x={run.page} y={0} width={run.pages} height={10} />
      ))}
    </svg>
  );
}

/** The first frames of a region or file, as links; the bar has the rest. */
export const SHOWN_FRAMES = 24;
