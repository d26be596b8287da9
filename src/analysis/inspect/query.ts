/** The words of the find box: what they ask for. Which pages that is, find.ts says. */
import { CACHE_NAMES } from '../../engine/gfp.ts';
import type { Owner } from './owner.ts';

/** Something many pages may be. */
export type Trait =
  | 'mlocked'
  | 'pinned'
  | 'dirty'
  | 'referenced'
  | 'active'
  | 'under writeback'
  | 'in the swap cache'
  | 'stranded'
  | 'mapped'
  | 'shared'
  | 'free'
  | 'idle'
  | 'parked'
  | 'anonymous'
  | 'a file page'
  | 'an object slab'
  | 'a page table'
  | 'a kernel stack'
  | 'kernel'
  | 'boot';

/** What a query asks for. */
export type Ask =
  | { readonly kind: 'pfn'; readonly pfn: number }
  | { readonly kind: 'owner'; readonly owner: Owner }
  | { readonly kind: 'process'; readonly process: number; readonly region: number | null }
  | { readonly kind: 'file'; readonly file: number }
  | { readonly kind: 'allocation'; readonly id: number }
  | { readonly kind: 'object'; readonly name: string; readonly cache: number; readonly object: number }
  | { readonly kind: 'objects'; readonly name: string; readonly cache: number }
  | { readonly kind: 'slab'; readonly pfn: number }
  | { readonly kind: 'cache'; readonly name: string; readonly cls: number }
  | { readonly kind: 'order'; readonly order: number; readonly state: 'free' | 'allocated' }
  | { readonly kind: 'trait'; readonly trait: Trait };

/** What a person is told who typed something else. */
export const QUERY_EXAMPLES =
  '0x2c0, 704, process 7, process 7 region 2 page 5, file 3 page 41, allocation 12, dentry 12, slab 0x2c0, ' +
  'order 4 free, mlocked, dirty, pinned, idle, parked or stranded';

/** Words for each trait, the trait itself apart. */
const SYNONYMS: ReadonlyMap<string, Trait> = new Map<string, Trait>([
  ['locked', 'mlocked'],
  ['pins', 'pinned'],
  ['writeback', 'under writeback'],
  ['swap cache', 'in the swap cache'],
  ['swapcache', 'in the swap cache'],
  ['loose', 'stranded'],
  ['per-cpu', 'parked'],
  ['pcp', 'parked'],
  ['anon', 'anonymous'],
  ['anonymous pages', 'anonymous'],
  ['file', 'a file page'],
  ['files', 'a file page'],
  ['file page', 'a file page'],
  ['file pages', 'a file page'],
  ['objects', 'an object slab'],
  ['object slab', 'an object slab'],
  ['object slabs', 'an object slab'],
  ['page table', 'a page table'],
  ['page tables', 'a page table'],
  ['stack', 'a kernel stack'],
  ['stacks', 'a kernel stack'],
  ['kernel stack', 'a kernel stack'],
  ['kernel stacks', 'a kernel stack'],
]);

const TRAIT_WORDS: readonly Trait[] = [
  'mlocked',
  'pinned',
  'dirty',
  'referenced',
  'active',
  'stranded',
  'mapped',
  'shared',
  'free',
  'idle',
  'parked',
  'anonymous',
  'kernel',
  'boot',
  'under writeback',
  'in the swap cache',
  'a file page',
  'an object slab',
  'a page table',
  'a kernel stack',
];

/** Largest number a query may name: everything the machine numbers is below 2^32. */
const LARGEST = 0xfffffffe;

/** What the query asks for; null where it is not understood. */
export function parseQuery(query: string, objectCaches: readonly string[]): Ask | null {
  const text = query
    .trim()
    .toLowerCase()
    .replace(/(\d),(?=\d{3}\b)/g, '$1')
    .replace(/\s+/g, ' ');
  const trait = SYNONYMS.get(text) ?? TRAIT_WORDS.find((word) => word === text);
  if (trait) return { kind: 'trait', trait };
  for (const [pattern, make] of PATTERNS) {
    const numbers = pattern.exec(text)?.slice(1).map(numberOf);
    if (numbers?.every((n) => n <= LARGEST)) return make(numbers);
  }
  return cacheAsk(text, objectCaches);
}

/** A captured number; 0x for hex. */
function numberOf(text: string): number {
  return Number(text);
}

type Numbers = readonly number[];

const PATTERNS: readonly (readonly [RegExp, (n: Numbers) => Ask])[] = [
  [/^(?:pfn |page |frame )?(0x[0-9a-f]+|\d+)$/, ([pfn]) => ({ kind: 'pfn', pfn: pfn! })],
  [/^process (\d+)$/, ([process]) => ({ kind: 'process', process: process!, region: null })],
  [
    /^process (\d+) region (\d+)$/,
    ([process, region]) => ({ kind: 'process', process: process!, region: region! }),
  ],
  [
    /^process (\d+) region (\d+) page (\d+)$/,
    ([process, region, page]) => ({
      kind: 'owner',
      owner: { kind: 'region', process: process!, region: region!, page: page! },
    }),
  ],
  [/^file (\d+)$/, ([file]) => ({ kind: 'file', file: file! })],
  [
    /^file (\d+) page (\d+)$/,
    ([file, page]) => ({ kind: 'owner', owner: { kind: 'file', file: file!, page: page! } }),
  ],
  [/^alloc(?:ation)? (\d+)$/, ([id]) => ({ kind: 'allocation', id: id! })],
  [/^slab (0x[0-9a-f]+|\d+)$/, ([pfn]) => ({ kind: 'slab', pfn: pfn! })],
  [/^order (\d+)(?: free)?$/, ([order]) => ({ kind: 'order', order: order!, state: 'free' })],
  [/^free order (\d+)$/, ([order]) => ({ kind: 'order', order: order!, state: 'free' })],
  [/^order (\d+) (?:allocated|used)$/, ([order]) => ({ kind: 'order', order: order!, state: 'allocated' })],
];

function cacheAsk(text: string, objectCaches: readonly string[]): Ask | null {
  const cls = (CACHE_NAMES as readonly string[]).indexOf(text);
  if (cls >= 0) return { kind: 'cache', name: text, cls };
  const match = /^(\S+?)(?: (\d+))?$/.exec(text);
  const cache = objectCaches.findIndex((name) => name.toLowerCase() === match?.[1]);
  if (!match || cache < 0) return null;
  const name = objectCaches[cache]!;
  if (match[2] === undefined) return { kind: 'objects', name, cache };
  const object = Number(match[2]);
  return object <= LARGEST ? { kind: 'object', name, cache, object } : null;
}
