/** One byte a page for what the page can lay over the kinds: how long ago a page was used, and by whom. */
import { NONE } from '../base/units.ts';
import { C } from '../engine/counters.ts';
import { PAGE } from '../engine/frames.ts';
import type { Machine } from '../engine/machine.ts';
import { REGIONS } from '../engine/operation.ts';
import type { PageBytes } from './protocol.ts';

/** Owners are told apart by so many numbers; two may share one. */
export const OWNER_NUMBERS = 12;

/** @param what `age` or `owner`; see {@link PageBytes} */
export function pageBytes(m: Machine, what: PageBytes['what']): PageBytes {
  return what === 'age' ? { what, bytes: ages(m), owners: [] } : owners(m);
}

/** Age in operations, halved until nothing is left: 0 for this one, 16 for one ago, 32 for up to three. */
function ages(m: Machine): Uint8Array {
  const now = m.counters[C.operations]!;
  return Uint8Array.from(m.lastTouch, (touch) => {
    const doublings = 32 - Math.clz32(Math.max(0, now - touch));
    return Math.min(doublings, 15) << 4;
  });
}

/** Where the numbers of each sort of owner begin, so that the first of each differ. */
const FIRST = { process: 0, file: 4, cache: 8, kernel: 11 } as const;
type Sort = keyof typeof FIRST;

const WORDS: Readonly<Record<Sort, (m: Machine, id: number) => string>> = {
  process: (_, id) => `process ${id}`,
  file: (_, id) => `file ${id}`,
  cache: (m, id) => `${m.config.objectCaches[id]?.name ?? id} cache`,
  kernel: () => 'kernel',
};

function owners(m: Machine): PageBytes {
  const bytes = new Uint8Array(m.kind.length);
  const processes = new Map<number, number>();
  const held = new Map<string, { readonly number: number; readonly text: string; pages: number }>();
  for (let pfn = 0; pfn < bytes.length; pfn++) {
    const owner = ownerAt(m, pfn, processes);
    if (owner === null) continue;
    const [sort, id] = owner;
    const number = 1 + ((FIRST[sort] + id) % OWNER_NUMBERS);
    bytes[pfn] = number;
    const key = `${sort} ${id}`;
    const known = held.get(key);
    if (known) known.pages++;
    else held.set(key, { number, text: WORDS[sort](m, id), pages: 1 });
  }
  return { what: 'owner', bytes, owners: names([...held.values()]) };
}

/** The name of each number: who has most pages under it, and how many more share it. */
function names(held: readonly { number: number; text: string; pages: number }[]): string[] {
  return Array.from({ length: OWNER_NUMBERS }, (_, i) => {
    const mine = held.filter(({ number }) => number === i + 1).sort((a, b) => b.pages - a.pages);
    const first = mine[0]?.text ?? '';
    return mine.length > 1 ? `${first} and ${mine.length - 1} more` : first;
  });
}

function ownerAt(m: Machine, pfn: number, processes: Map<number, number>): readonly [Sort, number] | null {
  const owner = m.owner[pfn]!;
  switch (m.kind[pfn]) {
    case PAGE.file:
      return ['file', owner];
    case PAGE.anon:
      return ['process', processOf(m, owner, processes)];
    case PAGE.stack:
    case PAGE.pageTable:
      return ['process', owner];
    case PAGE.objSlab:
      return ['cache', owner];
    case PAGE.kmalloc:
    case PAGE.vmalloc:
    case PAGE.highOrder:
      return ['kernel', 0];
    default:
      return null;
  }
}

/** The lowest process of an anonymous family; its pages are shared since a fork. */
function processOf(m: Machine, family: number, known: Map<number, number>): number {
  const before = known.get(family);
  if (before !== undefined) return before;
  let lowest = NONE;
  for (let vma = m.familyHead[family]!; vma !== NONE; vma = m.vmaNext[vma]!) lowest = Math.min(lowest, vma);
  const process = lowest === NONE ? 0 : Math.floor(lowest / REGIONS);
  known.set(family, process);
  return process;
}
