import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDirtyTiles } from '../../src/store/dirty-tiles.ts';
import type { FrameView } from '../../src/worker/protocol.ts';

const TILES = 6;

function view(serial: number, dirty: Uint8Array): FrameView {
  return { state: new Uint8Array(0), detail: new Uint8Array(0), serial, dirty };
}

const anyFrame = fc.record({
  kind: fc.constantFrom('shown', 'shown', 'passed', 'lost', 'reset'),
  dirty: fc.uint8Array({ minLength: TILES, maxLength: TILES, max: 1 }),
});

describe('the dirty tiles of shown frames', () => {
  it('are never fewer than what changed since the last one shown, nor more while none is lost', () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { maxLength: 30 }), (frames) => {
        const tiles = createDirtyTiles();
        let expected: number[] | null = null;
        frames.forEach(({ kind, dirty }, serial) => {
          if (kind === 'reset') {
            tiles.clear();
            expected = null;
          } else if (kind === 'lost') {
            expected = null;
          } else {
            const isFirst = expected === null;
            if (expected !== null) expected = expected.map((mark, tile) => mark | dirty[tile]!);
            if (kind === 'passed') {
              tiles.pass(view(serial, dirty));
              return;
            }
            const taken = tiles.take(view(serial, dirty));
            if (isFirst || expected === null) expect(taken.dirty).toBeUndefined();
            else expect([...taken.dirty!]).toEqual(expected);
            expected = new Array<number>(TILES).fill(0);
          }
        });
      }),
    );
  });

  it('are unknown where a view does not tell them', () => {
    const tiles = createDirtyTiles();
    const bare = { state: new Uint8Array(0), detail: new Uint8Array(0) };
    tiles.take(view(0, new Uint8Array(TILES)));
    expect(tiles.take(bare).dirty).toBeUndefined();
    expect(tiles.take(view(1, new Uint8Array(TILES))).dirty).toBeUndefined();
    expect(tiles.take(view(2, new Uint8Array(TILES))).dirty).toEqual(new Uint8Array(TILES));
  });
});
