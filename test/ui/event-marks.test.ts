import { expect, test } from 'vitest';
import { placeMarks } from '../../src/ui/bottom/EventTicks.tsx';
import type { Marker } from '../../src/worker/protocol.ts';

const mark = (step: number, kind: Marker['kind']): Marker => ({ step, kind });

test('of marks that would lie on each other the gravest stands, in the order of steps', () => {
  const marks = [
    mark(100, 'served'),
    mark(102, 'reclaim'),
    mark(104, 'failed'),
    mark(130, 'served'),
    mark(133, 'served'),
  ];
  expect(placeMarks(marks, (step) => step)).toEqual([marks[2], marks[3]]);
});

test('all marks stand where they have room', () => {
  const marks = [mark(1, 'served'), mark(2, 'reclaim'), mark(3, 'failed'), mark(4, 'note')];
  expect(placeMarks(marks, (step) => step * 20)).toEqual(marks);
});

test('a note stands close to what it is about', () => {
  const marks = [mark(10, 'failed'), mark(14, 'note')];
  expect(placeMarks(marks, (step) => step)).toEqual(marks);
});
