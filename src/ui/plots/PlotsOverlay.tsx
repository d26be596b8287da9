/** Over all plots at once: the future's veil, the scrubber, what is pointed at, and what is being chosen. */
import type { StepRange } from '../../store/state.ts';
import type { StepScale } from '../bottom/plots.ts';

interface PlotsOverlayProps {
  readonly x: StepScale;
  readonly step: number;
  readonly hover: number | null;
  readonly brush: StepRange | null;
}

export function PlotsOverlay({ x, step, hover, brush }: PlotsOverlayProps) {
  const [from = 0, to = 0] = x.domain();
  const end = x.range()[1] ?? 0;
  const at = x(step);
  const inside = step >= from && step <= to;
  return (
    <div className="plots-overlay" aria-hidden="true">
      <div className="veil" style={{ left: at, width: Math.max(0, end - at) }} />
      {brush !== null && (
        <div className="brush" style={{ left: x(brush.from), width: x(brush.to) - x(brush.from) }} />
      )}
      {hover !== null && hover >= from && hover <= to && (
        <div className="pointed" style={{ left: x(hover) }} />
      )}
      {inside && <div className="scrub" style={{ left: at - 0.75 }} />}
    </div>
  );
}
