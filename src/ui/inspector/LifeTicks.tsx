/** The moments of the selected page's life on the time axis. */
import { useLabState } from '../lab-context.ts';

interface LifeTicksProps {
  readonly x: (step: number) => number;
  readonly y: number;
}

export function LifeTicks({ x, y }: LifeTicksProps) {
  const life = useLabState((state) => (state.inspection?.pfn === state.life?.pfn ? state.life : null));
  if (life === null) return null;
  const steps = new Set(life.lines.map((line) => line.step));
  return (
    <path className="life-ticks" d={[...steps].map((step) => `M${x(step).toFixed(1)} ${y}v4`).join('')} />
  );
}
