/**
 * gfp_flags as tracepoints and allocation-failure reports print them.
 * Names: include/trace/events/mmflags.h and include/linux/gfp_types.h (6.1); older ones from
 * include/trace/events/gfpflags.h (2.6.32 to 4.5, where `GFP_WAIT` stands for today's `__GFP_WAIT`) and gfp.h.
 */

/** What a request asks for, whatever the kernel version. */
export interface GfpFlags {
  /** __GFP_HARDWALL: GFP_USER and everything built on it (page cache, anonymous memory, pipes). */
  user: boolean;
  movable: boolean;
  reclaimable: boolean;
  zero: boolean;
  write: boolean;
  highmem: boolean;
  dma: boolean;
  dma32: boolean;
  /** Flags are known and direct reclaim is not among them. */
  atomic: boolean;
  io: boolean;
  fs: boolean;
  noRetry: boolean;
  noFail: boolean;
  comp: boolean;
  cold: boolean;
  /** A mask without names; its bits mean different things in different kernels, so no flag above is set by it. */
  mask: number | null;
  /** Names this table does not know (newer or vendor kernels, or cut text). */
  unknown: string[];
}

const RECLAIM = ['DIRECT_RECLAIM', 'KSWAPD_RECLAIM'];
const KERNEL = [...RECLAIM, 'IO', 'FS'];
const USER = [...KERNEL, 'HARDWALL'];
const HIGHUSER = [...USER, 'HIGHMEM'];
const HIGHUSER_MOVABLE = [...HIGHUSER, 'MOVABLE'];
const TRANSHUGE_LIGHT = ['IO', 'FS', 'HARDWALL', 'HIGHMEM', 'MOVABLE', 'COMP', 'NOMEMALLOC', 'NOWARN'];

/** GFP_ names that stand for several __GFP_ flags. */
const COMPOSITES = new Map<string, readonly string[]>([
  ['GFP_ATOMIC', ['HIGH', 'KSWAPD_RECLAIM']],
  ['GFP_NOWAIT', ['KSWAPD_RECLAIM']],
  ['GFP_NOIO', RECLAIM],
  ['GFP_NOFS', [...RECLAIM, 'IO']],
  ['GFP_KERNEL', KERNEL],
  ['GFP_KERNEL_ACCOUNT', [...KERNEL, 'ACCOUNT']],
  // Up to 4.13.
  ['GFP_TEMPORARY', [...KERNEL, 'RECLAIMABLE']],
  ['GFP_USER', USER],
  ['GFP_HIGHUSER', HIGHUSER],
  ['GFP_HIGHUSER_MOVABLE', HIGHUSER_MOVABLE],
  ['GFP_TRANSHUGE_LIGHT', TRANSHUGE_LIGHT],
  ['GFP_TRANSHUGE', [...TRANSHUGE_LIGHT, 'DIRECT_RECLAIM']],
  // __GFP_WAIT up to 4.3; __GFP_RECLAIM is both reclaim bits since 4.4.
  ['__GFP_WAIT', RECLAIM],
  ['__GFP_RECLAIM', RECLAIM],
]);

const FLAGS = new Set(
  (
    'DMA DMA32 HIGHMEM MOVABLE RECLAIMABLE HIGH IO FS ZERO ATOMIC DIRECT_RECLAIM KSWAPD_RECLAIM WRITE NOWARN ' +
    'RETRY_MAYFAIL REPEAT NOFAIL NORETRY MEMALLOC COMP NOMEMALLOC HARDWALL THISNODE ACCOUNT ZEROTAGS ' +
    'SKIP_ZERO SKIP_KASAN SKIP_KASAN_UNPOISON SKIP_KASAN_POISON NOLOCKDEP NO_OBJ_EXT COLD NOTRACK NO_KSWAPD ' +
    'OTHER_NODE'
  ).split(' '),
);

/** The __GFP_ flags of one printed name, or null where it is not known. */
function expand(name: string): readonly string[] | null {
  const bare = name.replace(/^(?:__)?GFP_/, '');
  const composite = COMPOSITES.get(name) ?? COMPOSITES.get(`__GFP_${bare}`);
  if (composite !== undefined) return composite;
  return bare !== name && FLAGS.has(bare) ? [bare] : null;
}

/**
 * Reads `GFP_KERNEL|__GFP_ZERO`, `none`, an empty text, or a number. `A|0x4000` (bits the kernel had no name for)
 * gives A's flags and the mask.
 */
export function parseGfp(text: string): GfpFlags {
  const set = new Set<string>();
  const unknown: string[] = [];
  let mask: number | null = null;
  for (const name of text.split('|').map((part) => part.trim())) {
    if (name === '' || name === 'none') continue;
    const number = /^(?:0x[0-9a-f]{1,13}|\d{1,15})$/i.test(name) ? Number(name) : Number.NaN;
    const flags = expand(name);
    if (!Number.isNaN(number)) mask = number;
    else if (flags === null) unknown.push(name);
    else for (const flag of flags) set.add(flag);
  }
  return {
    user: set.has('HARDWALL'),
    movable: set.has('MOVABLE'),
    reclaimable: set.has('RECLAIMABLE'),
    zero: set.has('ZERO'),
    write: set.has('WRITE'),
    highmem: set.has('HIGHMEM'),
    dma: set.has('DMA'),
    dma32: set.has('DMA32'),
    atomic: set.size > 0 && !set.has('DIRECT_RECLAIM'),
    io: set.has('IO'),
    fs: set.has('FS'),
    noRetry: set.has('NORETRY'),
    noFail: set.has('NOFAIL'),
    comp: set.has('COMP'),
    cold: set.has('COLD'),
    mask,
    unknown,
  };
}
