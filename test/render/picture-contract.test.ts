/** The engine's side paints bytes and the grid draws them; neither may import the other, so their numbers are compared here. */
import { describe, expect, it } from 'vitest';
import { SHOWN, SHOWN_MOD } from '../../src/analysis/shown.ts';
import { KIND, MOD } from '../../src/render/page-view.ts';

describe('the bytes of a picture', () => {
  it('name the same kinds where they are painted and where they are drawn', () =>
    expect(KIND).toEqual(SHOWN));
  it('name the same modifiers', () => expect(MOD).toEqual(SHOWN_MOD));
});
