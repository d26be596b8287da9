/** The moments of the selected page's life on the time axis. */
import type { StepScale } from '../bottom/plots.ts';
import { useLabState } from '../lab-context.ts';

interface LifeTicksProps {
  readonly x: StepScale;
  readonly y: number;
}

export function LifeTicks({ x, y }: LifeTicksProps) {
  const life = useLabState((state) => (state.inspection?.pfn === state.life?.pfn ? state.life : null));
  if (life === null) return null;
  const [first = 0, last = 0] = x.domain();
  const inside = life.lines.filter(({ step }) => step >= first && step <= last);
  const steps = new Set(inside.map((line) => line.step));
  return (
    <path className="life-ticks" d={[...steps].map((step) => `M${x(step).toFixed(1)} ${y}v4`).join('')} />
  );
}
