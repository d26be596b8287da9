/**
 * GFP flags as this engine's 16-bit mask, named as in Linux 2.6.9 include/linux/gfp.h plus the two later ones a
 * cache choice needs (__GFP_RECLAIMABLE 2.6.24, __GFP_MOVABLE 2.6.23; in 2003 the callers would have said the same
 * by which function they called). `user` stands for the GFP_*USER composites.
 */
export const GFP = {
  wait: 0x0001,
  high: 0x0002,
  io: 0x0004,
  fs: 0x0008,
  cold: 0x0010,
  noWarn: 0x0020,
  repeat: 0x0040,
  noFail: 0x0080,
  noRetry: 0x0100,
  zero: 0x0200,
  dma: 0x0400,
  highmem: 0x0800,
  user: 0x1000,
  reclaimable: 0x2000,
  movable: 0x4000,
  write: 0x8000,
} as const;

/** The composite masks of include/linux/gfp.h (2.6.9), by the name a scenario uses. */
export const GFP_MASKS = {
  kernel: GFP.wait | GFP.io | GFP.fs,
  atomic: GFP.high,
  nofs: GFP.wait | GFP.io,
  noio: GFP.wait,
  user: GFP.wait | GFP.io | GFP.fs | GFP.user,
  highuser: GFP.wait | GFP.io | GFP.fs | GFP.user | GFP.highmem,
  dma: GFP.wait | GFP.io | GFP.fs | GFP.dma,
  reclaimable: GFP.wait | GFP.io | GFP.fs | GFP.reclaimable,
} as const;

/** Name of a composite mask. */
export type GfpName = keyof typeof GFP_MASKS;

/** The three page caches of the proposal, in the mail's order. */
export const CACHE_CLASS = { user: 0, kreclaim: 1, knoreclaim: 2 } as const;
export type CacheClass = 0 | 1 | 2;

/** Their names in slabinfo and on the page. */
export const CACHE_NAMES = ['order0-user', 'order0-kreclaim', 'order0-knoreclaim'] as const;

/** Which cache an order-0 request is served from: "order0-user is for any userspace allocation". */
export function cacheClassOf(gfp: number): CacheClass {
  if (gfp & GFP.user) return CACHE_CLASS.user;
  return gfp & GFP.reclaimable ? CACHE_CLASS.kreclaim : CACHE_CLASS.knoreclaim;
}

/** `GFP_KERNEL` for a mask that is a composite, else the flags joined as the kernel prints them. */
export function gfpText(gfp: number): string {
  for (const [name, mask] of Object.entries(GFP_MASKS)) if (mask === gfp) return `GFP_${name.toUpperCase()}`;
  const parts = Object.entries(GFP)
    .filter(([, bit]) => gfp & bit)
    .map(([name]) => `__GFP_${name.toUpperCase()}`);
  return parts.length ? parts.join('|') : 'none';
}
