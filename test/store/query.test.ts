import { describe, expect, it } from 'vitest';
import { readQuery } from '../../src/store/query.ts';

describe('the query', () => {
  it('asks for nothing when it is empty', () => {
    expect(readQuery('')).toEqual({
      theme: null,
      present: false,
      embed: false,
      still: false,
      renderer: null,
    });
  });

  it('names theme, presentation, embedding, stillness and renderer', () => {
    expect(readQuery('?theme=dark&present=1&embed=1&motion=none&renderer=canvas2d')).toEqual({
      theme: 'dark',
      present: true,
      embed: true,
      still: true,
      renderer: 'canvas2d',
    });
  });

  it.each(['?theme=pink', '?renderer=svg', '?motion=fast', '?present=yes'])('ignores %s', (search) => {
    expect(readQuery(search)).toEqual(readQuery(''));
  });
});
