/** The pointer over the plots: hovering reads, a click seeks, a drag chooses steps. */
import { type PointerEvent, useRef, useState } from 'react';
import type { StepRange } from '../../store/state.ts';
import type { StepScale } from '../bottom/plots.ts';
import { useLab } from '../lab-context.ts';
import { heldRange } from './range.ts';

/** Pixels a pointer may shake within a click. */
const SHAKE = 4;

type Handler = (event: PointerEvent<HTMLElement>) => void;

export interface Brush {
  /** What is being chosen, first step first. */
  readonly brush: StepRange | null;
  readonly handlers: Readonly<
    Record<'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel' | 'onPointerLeave', Handler>
  >;
}

const between = (a: number, b: number): StepRange => ({ from: Math.min(a, b), to: Math.max(a, b) });

export function useBrush(x: StepScale, length: number): Brush {
  const { store, session, player } = useLab();
  const [brush, setBrush] = useState<StepRange | null>(null);
  const start = useRef<{ readonly pixel: number; readonly step: number } | null>(null);

  const pixelOf = (event: PointerEvent<HTMLElement>) =>
    event.clientX - event.currentTarget.getBoundingClientRect().left;
  const stepAt = (pixel: number) => Math.round(x.invert(pixel));
  const onAxis = (event: PointerEvent<HTMLElement>) => {
    const [from = 0, to = 0] = x.range();
    const pixel = pixelOf(event);
    const onControl = event.target instanceof Element && event.target.closest('button, .plot-table') !== null;
    return !onControl && pixel >= from - SHAKE && pixel <= to + SHAKE;
  };
  const stop = () => {
    start.current = null;
    setBrush(null);
  };

  return {
    brush,
    handlers: {
      onPointerDown: (event) => {
        if (event.button !== 0 || !onAxis(event)) return;
        const pixel = pixelOf(event);
        start.current = { pixel, step: stepAt(pixel) };
        if (event.pointerType === 'mouse') event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove: (event) => {
        const from = start.current;
        const pixel = pixelOf(event);
        store.setState({ plotHover: from !== null || onAxis(event) ? stepAt(pixel) : null });
        if (from === null || Math.abs(pixel - from.pixel) < SHAKE) return setBrush(null);
        setBrush(between(from.step, stepAt(pixel)));
      },
      onPointerUp: (event) => {
        const from = start.current;
        stop();
        if (from === null) return;
        const pixel = pixelOf(event);
        if (Math.abs(pixel - from.pixel) >= SHAKE) {
          return store.setState({ plotRange: heldRange(between(from.step, stepAt(pixel)), length) });
        }
        player.pause();
        void session.seek({ step: from.step, event: 0 });
      },
      onPointerCancel: stop,
      onPointerLeave: () => store.setState({ plotHover: null }),
    },
  };
}
