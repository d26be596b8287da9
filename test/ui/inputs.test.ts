import { describe, expect, it } from 'vitest';
import { sourceOfFile, sourceOfText } from '../../src/ui/open/inputs.ts';

const BASE = 'https://example.org/lab/';

describe('what a pasted text is', () => {
  it('a link, whole or only its fragment', () => {
    expect(sourceOfText(' #v=1&preset=one-slab&step=3\n', BASE)).toEqual({
      kind: 'link',
      url: `${BASE}#v=1&preset=one-slab&step=3`,
    });
    expect(sourceOfText('https://a.example/x/#v=1&preset=p', BASE)).toEqual({
      kind: 'link',
      url: 'https://a.example/x/#v=1&preset=p',
    });
  });

  it.each(['order0: 1\ntitle: a', '# a comment\n\norder0: 1', '{"order0": 1}'])('a scenario: %j', (text) => {
    expect(sourceOfText(text, BASE)).toMatchObject({ kind: 'text', text });
  });

  it('else a kernel’s text', () => {
    const text = 'Node 0, zone   Normal  1 2 3\n';
    const source = sourceOfText(text, BASE);
    expect(source.kind).toBe('recording');
    if (source.kind === 'recording') expect(new TextDecoder().decode(source.bytes)).toBe(text);
  });
});

describe('what a file is', () => {
  it('a scenario by its name', async () => {
    expect(await sourceOfFile(new File(['order0: 1'], 'my.yaml'))).toEqual({
      kind: 'text',
      name: 'my.yaml',
      text: 'order0: 1',
    });
  });

  it('else a recording', async () => {
    expect(await sourceOfFile(new File(['x'], 'trace.txt.gz'))).toMatchObject({
      kind: 'recording',
      name: 'trace.txt.gz',
    });
  });
});
