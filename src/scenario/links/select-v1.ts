/**
 * What a link has selected, as version 1 writes it: `0x2c0` a page frame, `p7.2.5` page 5 of region 2 of process 7,
 * `f3.41` page 41 of file 3, `a12` or `a12.1` a kernel allocation's page, `s7.0` a kernel stack's, `t7` a page table,
 * `o0.12` an object of a cache. Frames stay where they are; all others are followed.
 */
import { LinkError } from './link.ts';
import type { Selection } from './selection.ts';

const SHAPES: readonly (readonly [RegExp, (n: readonly number[]) => Selection])[] = [
  [
    /^p(\d+)\.(\d+)\.(\d+)$/,
    ([process, region, page]) => ({ kind: 'region', process: process!, region: region!, page: page! }),
  ],
  [/^f(\d+)\.(\d+)$/, ([file, page]) => ({ kind: 'file', file: file!, page: page! })],
  [/^a(\d+)(?:\.(\d+))?$/, ([id, page = 0]) => ({ kind: 'allocation', id: id!, page })],
  [/^s(\d+)\.(\d+)$/, ([process, page]) => ({ kind: 'stack', process: process!, page: page! })],
  [/^t(\d+)$/, ([process]) => ({ kind: 'page-table', process: process! })],
  [/^o(\d+)\.(\d+)$/, ([cache, object]) => ({ kind: 'objects', cache: cache!, object: object! })],
];

/** Largest number that names anything. */
const LARGEST = 0xfffffffe;

/** The value of `select=`. */
export function writeSelection(selection: Selection): string {
  switch (selection.kind) {
    case 'page':
      return `0x${selection.pfn.toString(16).padStart(3, '0')}`;
    case 'region':
      return `p${selection.process}.${selection.region}.${selection.page}`;
    case 'file':
      return `f${selection.file}.${selection.page}`;
    case 'allocation':
      return selection.page === 0 ? `a${selection.id}` : `a${selection.id}.${selection.page}`;
    case 'stack':
      return `s${selection.process}.${selection.page}`;
    case 'page-table':
      return `t${selection.process}`;
    case 'objects':
      return `o${selection.cache}.${selection.object}`;
  }
}

/** Inverse of {@link writeSelection}. @throws LinkError */
export function readSelection(text: string): Selection {
  if (/^0x[0-9a-f]{1,8}$/.test(text)) return { kind: 'page', pfn: inRange(Number(text), text) };
  for (const [pattern, make] of SHAPES) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const numbers = match.slice(1).filter((part) => part !== undefined);
    return make(numbers.map((part) => inRange(Number(part), text)));
  }
  throw unread(text);
}

function inRange(value: number, text: string): number {
  if (value <= LARGEST) return value;
  throw unread(text);
}

function unread(text: string): LinkError {
  const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 37)}…` : text);
  return new LinkError(
    `select: expected 0xPFN, pPROCESS.REGION.PAGE, fFILE.PAGE, aID, sPROCESS.PAGE, tPROCESS or oCACHE.OBJECT, met ${shown}`,
  );
}
