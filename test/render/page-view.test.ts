import { expect, test } from 'vitest';
import { forEachShape, sliceView } from '../../src/render/page-view.ts';
import { viewOf } from './views.ts';

const shapes = (view: ReturnType<typeof viewOf>) => {
  const found: [number, number][] = [];
  forEachShape(view, 0, view.pages, (pfn, order) => found.push([pfn, order]));
  return found;
};

test('shapes are blocks at their head, and single pages', () => {
  expect(shapes(viewOf('2 F 0 1:K 3'))).toEqual([
    [0, 2],
    [4, 0],
    [5, 0],
    [6, 1],
    [8, 3],
  ]);
});

test('a block that runs past the end of memory is drawn page by page', () => {
  const view = viewOf('3');
  expect(shapes({ ...view, pages: 6 }).length).toBe(6);
});

test('a slice shares the buffers and counts from its first page', () => {
  const zones = [
    { name: 'DMA', start: 0, end: 40 },
    { name: 'Normal', start: 40, end: 64 },
    { name: 'HighMem', start: 64, end: 96 },
  ];
  const whole = viewOf('5 5 5', zones);
  const part = sliceView(whole, 32, 32);
  expect(part.zones).toEqual([
    { name: 'DMA', start: 0, end: 8 },
    { name: 'Normal', start: 8, end: 32 },
  ]);
  whole.state[33] = 7;
  expect([part.pages, part.state[1]]).toEqual([32, 7]);
  expect(sliceView(whole, 64, 1024).pages).toBe(32);
});
