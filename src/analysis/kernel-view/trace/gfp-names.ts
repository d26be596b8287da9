/**
 * The engine's flags as a tracepoint prints them (show_gfp_flags, include/trace/events/mmflags.h, 6.12): the largest
 * composite that fits first, then the single flags that are left.
 */
import { GFP } from '../../../engine/gfp.ts';

const KERNEL = GFP.wait | GFP.io | GFP.fs;

const NAMES: readonly (readonly [name: string, mask: number])[] = [
  ['GFP_HIGHUSER_MOVABLE', KERNEL | GFP.user | GFP.highmem | GFP.movable],
  ['GFP_HIGHUSER', KERNEL | GFP.user | GFP.highmem],
  ['GFP_USER', KERNEL | GFP.user],
  ['GFP_KERNEL', KERNEL],
  ['GFP_NOFS', GFP.wait | GFP.io],
  ['GFP_ATOMIC', GFP.high],
  ['GFP_NOIO', GFP.wait],
  ['GFP_DMA', GFP.dma],
  ['__GFP_HIGHMEM', GFP.highmem],
  ['__GFP_IO', GFP.io],
  ['__GFP_FS', GFP.fs],
  ['__GFP_COLD', GFP.cold],
  ['__GFP_NOWARN', GFP.noWarn],
  ['__GFP_REPEAT', GFP.repeat],
  ['__GFP_NOFAIL', GFP.noFail],
  ['__GFP_NORETRY', GFP.noRetry],
  ['__GFP_ZERO', GFP.zero],
  ['__GFP_HARDWALL', GFP.user],
  ['__GFP_RECLAIMABLE', GFP.reclaimable],
  ['__GFP_MOVABLE', GFP.movable],
  ['__GFP_WRITE', GFP.write],
];

/** `GFP_KERNEL|__GFP_ZERO`; `none` for no flag. */
export function gfpNames(gfp: number): string {
  const names: string[] = [];
  let left = gfp;
  for (const [name, mask] of NAMES) {
    if ((left & mask) !== mask) continue;
    names.push(name);
    left &= ~mask;
  }
  return names.length > 0 ? names.join('|') : 'none';
}

/** gfp_migratetype: 0 unmovable, 1 movable, 2 reclaimable. */
export function migratetypeOf(gfp: number): 0 | 1 | 2 {
  if (gfp & GFP.movable) return 1;
  return gfp & GFP.reclaimable ? 2 : 0;
}
