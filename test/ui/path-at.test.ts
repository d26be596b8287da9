import { describe, expect, it } from 'vitest';
import { fieldOnLine, placeAt } from '../../src/ui/editor/path-at.ts';

const TEXT = `order0: 1
summary: >-
  two: words
  here
machine:
  pages: 1024 # a comment
  objectCaches:
    - name: dentry
workload:
  actors:
  - kind: files
    weight: 2
  - kind: pins
    target: ml
`;

/** The place just after a piece of the text. */
const after = (piece: string, text = TEXT) => placeAt(text, text.indexOf(piece) + piece.length);

describe('the place of the cursor', () => {
  it('is a value behind a key', () => {
    expect(after('target: ml')).toMatchObject({
      path: ['workload', 'actors', 1, 'target'],
      role: 'value',
      from: TEXT.indexOf('ml\n'),
    });
    expect(after('pages: 10')).toMatchObject({ path: ['machine', 'pages'], role: 'value' });
  });

  it('is a key in the map its indentation says', () => {
    const half = `${TEXT}    co`;
    expect(placeAt(half, half.length)).toMatchObject({
      path: ['workload', 'actors', 1],
      role: 'key',
      column: 4,
      from: half.length - 2,
    });
    const out = `${TEXT}  st`;
    expect(placeAt(out, out.length)).toMatchObject({ path: ['workload'], role: 'key' });
    const top = `${TEXT}se`;
    expect(placeAt(top, top.length)).toMatchObject({ path: [], role: 'key', column: 0 });
    const item = `${TEXT}  - ki`;
    expect(placeAt(item, item.length)).toMatchObject({ path: ['workload', 'actors', 2], role: 'key' });
  });

  it('is nowhere in comments and block texts', () => {
    expect(after('# a com')).toBeNull();
    expect(after('  two: wo')).toBeNull();
  });

  it('is a key again behind a block text', () => {
    const text = 'summary: >-\n  two: words\nma';
    expect(placeAt(text, text.length)).toMatchObject({ path: [], role: 'key' });
  });

  it('names the field of a line', () => {
    const at = TEXT.indexOf('dentry');
    expect(fieldOnLine(TEXT, at)).toEqual({
      path: ['machine', 'objectCaches', 0, 'name'],
      from: TEXT.indexOf('name'),
      to: TEXT.indexOf('name') + 4,
    });
    expect(fieldOnLine(TEXT, TEXT.indexOf('here'))).toBeNull();
    expect(fieldOnLine(TEXT, TEXT.indexOf('weight'))?.path).toEqual(['workload', 'actors', 0, 'weight']);
  });
});
