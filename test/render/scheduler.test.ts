import { expect, test } from 'vitest';
import { createFrameScheduler } from '../../src/render/scheduler.ts';

function clock() {
  const frames: (() => void)[] = [];
  const errors: unknown[] = [];
  const scheduler = createFrameScheduler(
    (frame) => frames.push(frame),
    (error) => errors.push(error),
  );
  return { scheduler, errors, frames, tick: () => frames.shift()?.() };
}

test('many requests before a frame draw once', () => {
  const { scheduler, frames, tick } = clock();
  let drawn = 0;
  const draw = () => drawn++;
  scheduler.requestDraw(draw);
  scheduler.requestDraw(draw);
  scheduler.requestDraw(() => drawn++);
  expect([scheduler.pending, frames.length, drawn]).toEqual([true, 1, 0]);
  tick();
  expect([scheduler.pending, frames.length, drawn]).toEqual([false, 0, 2]);
});

test('idle waits for a draw that was asked for while drawing', async () => {
  const { scheduler, tick } = clock();
  const log: string[] = [];
  scheduler.requestDraw(() => {
    log.push('first');
    scheduler.requestDraw(() => log.push('second'));
  });
  const idle = scheduler.whenIdle().then(() => log.push('idle'));
  tick();
  await Promise.resolve();
  expect(log).toEqual(['first']);
  tick();
  await idle;
  expect(log).toEqual(['first', 'second', 'idle']);
});

test('with nothing to draw it is idle at once', async () => {
  await expect(clock().scheduler.whenIdle()).resolves.toBeUndefined();
});

test('a draw that throws is reported and stops no other', async () => {
  const { scheduler, errors, tick } = clock();
  let drawn = false;
  scheduler.requestDraw(() => {
    throw new Error('broken');
  });
  scheduler.requestDraw(() => {
    drawn = true;
  });
  const idle = scheduler.whenIdle();
  tick();
  await idle;
  expect([drawn, errors.length]).toEqual([true, 1]);
});

test('a cancelled draw does not happen', () => {
  const { scheduler, tick } = clock();
  let drawn = false;
  const draw = () => {
    drawn = true;
  };
  scheduler.requestDraw(draw);
  scheduler.cancel(draw);
  tick();
  expect(drawn).toBe(false);
});
