import { describe, expect, it } from 'vitest';
import { decodeLink } from '../../../src/scenario/links/codec.ts';
import { readSelection, writeSelection } from '../../../src/scenario/links/select-v1.ts';
import { readZoom, writeZoom } from '../../../src/scenario/links/zoom-v1.ts';

describe('what a link has selected', () => {
  it.each([
    ['0x2c0', { kind: 'page', pfn: 0x2c0 }],
    ['p7.2.5', { kind: 'region', process: 7, region: 2, page: 5 }],
    ['f3.41', { kind: 'file', file: 3, page: 41 }],
    ['a12', { kind: 'allocation', id: 12, page: 0 }],
    ['a12.1', { kind: 'allocation', id: 12, page: 1 }],
    ['s7.0', { kind: 'stack', process: 7, page: 0 }],
    ['t7', { kind: 'page-table', process: 7 }],
    ['o0.12', { kind: 'objects', cache: 0, object: 12 }],
  ] as const)('%s is read and written', (text, selection) => {
    expect(readSelection(text)).toEqual(selection);
    expect(writeSelection(selection)).toBe(text);
  });

  it.each(['', '2c0', '0x', '0x2C0', 'p7.2', 'p7.2.5.1', 'f3', 'x1', 'a99999999999', '0xffffffff'])(
    'refuses %j with one line',
    (text) => {
      const decoded = decodeLink(`#v=1&preset=one-slab&select=${text}`);
      expect(decoded).toMatchObject({ ok: false, problems: [{ message: /^link: select: expected 0xPFN/ }] });
    },
  );

  it.each([
    ['0x2c0~12.5', { pfn: 0x2c0, cell: 12.5 }],
    ['0x10000~0.75', { pfn: 65_536, cell: 0.75 }],
  ] as const)('is zoomed in to %s, read and written', (text, zoom) => {
    expect(readZoom(text)).toEqual(zoom);
    expect(writeZoom(zoom)).toBe(text);
  });

  it.each(['', '0x2c0', '0x2c0~', '0x2c0~0', '0x2c0~33', '704~12', '0x2c0~1e9', '0xffffffff~4'])(
    'refuses the zoom %j with one line',
    (text) => {
      const decoded = decodeLink(`#v=1&preset=one-slab&zoom=${text}`);
      expect(decoded).toMatchObject({ ok: false, problems: [{ message: /^link: zoom: expected 0xPFN~/ }] });
    },
  );

  it('is nothing where it is absent', () => {
    const decoded = decodeLink('#v=1&preset=one-slab');
    expect(decoded.ok && decoded.link.select).toBeUndefined();
  });
});
