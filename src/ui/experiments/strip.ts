/**
 * The picture of a figure: a row for each arm, a dot for each seed, the mean as a stroke and its 95 % interval as a bar.
 * Pure geometry, the same for the page and for a file.
 */
import { scaleLinear } from 'd3';
import type { FigureRows, Row } from './arms.ts';

/** Colours by design token. */
export type Shape =
  | { readonly kind: 'dot'; readonly key: string; readonly x: number; readonly y: number }
  | {
      readonly kind: 'bar';
      readonly key: string;
      readonly x: number;
      readonly y: number;
      readonly width: number;
    }
  | { readonly kind: 'mean'; readonly key: string; readonly x: number; readonly y: number }
  /** A published figure: a diamond around its middle. */
  | {
      readonly kind: 'original';
      readonly key: string;
      readonly x: number;
      readonly y: number;
      readonly words: string;
    }
  | {
      readonly kind: 'rule';
      readonly key: string;
      readonly x0: number;
      readonly x1: number;
      readonly y0: number;
      readonly y1: number;
      readonly strong: boolean;
    }
  | {
      readonly kind: 'text';
      readonly key: string;
      readonly x: number;
      readonly y: number;
      readonly words: string;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly look: 'head' | 'plain' | 'grey';
    };

export interface Strip {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

export const DOT = 2.6;
export const MEAN = 15;
export const BAR = 7;
/** Half of a diamond's width and height. */
const DIAMOND = 5.5;

/** A diamond as a path. */
export const diamond = (x: number, y: number) =>
  `M${x} ${y - DIAMOND}L${x + DIAMOND} ${y}L${x} ${y + DIAMOND}L${x - DIAMOND} ${y}Z`;

const ROW = 30;
/** Narrower pictures have names and figures above their rows. */
const NARROW = 520;
const HIGH_ROW = 44;
const TOP = 26;
const FOOT = 34;
const GAP = 18;

export interface StripWords {
  readonly values: string;
  readonly differences: string;
  /** A value as text. */
  readonly text: (value: number) => string;
}

/**
 * @param width pixels of the whole picture
 * @param letter pixels of a letter, on average
 */
export function drawStrip(rows: FigureRows, width: number, words: StripWords, letter: number): Strip {
  const parts = [
    { rows: rows.values, title: words.values, key: 'v' },
    { rows: rows.differences, title: words.differences, key: 'd' },
  ].filter((part) => part.rows.length > 0);
  const longest = Math.max(...parts.flatMap((part) => part.rows.map(({ name }) => name.length)), 1);
  const isNarrow = width < NARROW;
  const left = isNarrow ? 14 : Math.ceil(Math.min(width * 0.42, longest * letter + 15));
  const right = isNarrow ? width - 14 : width - Math.round(Math.min(22 * letter, width * 0.26));
  const row = isNarrow ? HIGH_ROW : ROW;
  let top = 0;
  const shapes = parts.flatMap((part) => {
    const height = TOP + part.rows.length * row + FOOT;
    const frame = { left, right, width, top, row, isNarrow };
    const drawn = drawPart(part.rows, part.title, part.key, frame, words.text, letter);
    top += height + GAP;
    return drawn;
  });
  return { width, height: Math.max(1, top - GAP), shapes };
}

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly width: number;
  readonly top: number;
  /** Height of a row. */
  readonly row: number;
  readonly isNarrow: boolean;
}

function drawPart(
  rows: readonly Row[],
  title: string,
  key: string,
  { left, right, width, top, row: pitch, isNarrow }: Frame,
  text: (value: number) => string,
  letter: number,
): Shape[] {
  const isDifference = key === 'd';
  const x = scaleLinear(extent(rows, isDifference), [left, right]).nice(5);
  const foot = top + TOP + rows.length * pitch;
  const most = Math.max(2, Math.floor((right - left) / (14 * letter)));
  const ticks = x.ticks(most);
  const short = ticks.map(text);
  // Where a value's few digits would say the same twice, the scale's own tell ticks apart.
  const labels = new Set(short).size === ticks.length ? short : ticks.map(x.tickFormat(most));
  const room = Math.floor((isNarrow ? width * 0.62 : left - 14) / letter);
  return [
    { kind: 'text', key: `${key}t`, x: 0, y: top + 12, words: title, anchor: 'start', look: 'head' },
    ...ticks.map(
      (tick): Shape => ({
        kind: 'rule',
        key: `${key}g${tick}`,
        x0: x(tick),
        x1: x(tick),
        y0: top + TOP - 4,
        y1: foot,
        strong: isDifference && tick === 0,
      }),
    ),
    { kind: 'rule', key: `${key}axis`, x0: left, x1: right, y0: foot, y1: foot, strong: true },
    ...ticks.map(
      (tick, i): Shape => ({
        kind: 'text',
        key: `${key}n${tick}`,
        x: x(tick),
        y: foot + 15,
        words: labels[i] ?? '',
        anchor: 'middle',
        look: 'grey',
      }),
    ),
    ...rows.flatMap((row, i) =>
      drawRow(
        row,
        `${key}${i}`,
        top + TOP + (i + (isNarrow ? 0.72 : 0.5)) * pitch,
        x,
        { left, width, room, isNarrow },
        text,
      ),
    ),
  ];
}

function drawRow(
  { name, estimate, dots, originals }: Row,
  key: string,
  y: number,
  x: (value: number) => number,
  { left, width, room, isNarrow }: Pick<Frame, 'left' | 'width' | 'isNarrow'> & { readonly room: number },
  text: (value: number) => string,
): Shape[] {
  const { mean, ci95 } = estimate;
  const label = name.length > room ? `${name.slice(0, Math.max(1, room - 1))}…` : name;
  const said = mean === null ? 'no value' : ci95 === null ? text(mean) : `${text(mean)} ± ${text(ci95)}`;
  return [
    {
      kind: 'text',
      key: `${key}l`,
      x: isNarrow ? 0 : left - 10,
      y: isNarrow ? y - 14 : y + 4,
      words: label,
      anchor: isNarrow ? 'start' : 'end',
      look: 'plain',
    },
    ...(mean !== null && ci95 !== null
      ? [
          {
            kind: 'bar' as const,
            key: `${key}b`,
            x: x(mean - ci95),
            y: y - BAR / 2,
            width: Math.max(1, x(mean + ci95) - x(mean - ci95)),
          },
        ]
      : []),
    ...dots.map(
      ({ value, seed }, i): Shape => ({ kind: 'dot', key: `${key}s${seed}`, x: x(value), y: y + shift(i) }),
    ),
    ...originals.map(
      ({ value, what }, i): Shape => ({
        kind: 'original',
        key: `${key}o${i}`,
        x: x(value),
        y,
        words: `${text(value)}: ${what}`,
      }),
    ),
    ...(mean === null ? [] : [{ kind: 'mean' as const, key: `${key}m`, x: x(mean), y: y - MEAN / 2 }]),
    {
      kind: 'text',
      key: `${key}e`,
      x: width,
      y: isNarrow ? y - 14 : y + 4,
      words: said,
      anchor: 'end',
      look: 'grey',
    },
  ];
}

/** Dots of equal values lie apart; a seed's dot has the same height in every row, so that the eye finds it again. */
const shift = (i: number) => (((i * 5) % 9) - 4) * 2.2;

function extent(rows: readonly Row[], withZero: boolean): [number, number] {
  const ends = rows.flatMap(({ dots, originals, estimate: { mean, ci95 } }) => [
    ...originals.map(({ value }) => value),
    ...dots.map(({ value }) => value),
    ...(mean === null ? [] : [mean - (ci95 ?? 0), mean + (ci95 ?? 0)]),
  ]);
  if (withZero) ends.push(0);
  if (ends.length === 0) return [0, 1];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return low === high ? [low - Math.abs(low || 1) / 2, high + Math.abs(high || 1) / 2] : [low, high];
}
