/** A figure's name and values as the pane writes them. */
import { findMeasure } from '../../experiment/measures.ts';
import { count, duration } from '../words.ts';

export const titleOf = (figure: string) => findMeasure(figure)?.title ?? figure;

const isTime = (figure: string) => /Ns(?:\[|$)/.test(figure);

/** Three or four digits, with commas; times with their unit. */
export function valueText(figure: string): (value: number) => string {
  return (value) => {
    const size = Math.abs(value);
    if (isTime(figure)) return `${value < 0 ? '−' : ''}${duration(Math.round(size))}`;
    const digits =
      Number.isInteger(value) || size >= 1000
        ? count(Math.round(size))
        : size
            .toFixed(size >= 100 ? 1 : size >= 1 ? 2 : 3)
            .replace(/0+$/, '')
            .replace(/\.$/, '');
    return value < 0 ? `−${digits}` : digits;
  };
}

/** Unit of the axis; empty where the values carry their own or have none. */
export const unitOf = (figure: string) => (isTime(figure) ? '' : (findMeasure(figure)?.unit ?? ''));
