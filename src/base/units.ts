/**
 * Names for the integers the whole program passes around. They are aliases, not brands: a typed-array read yields
 * a plain number, and a cast at every read would hide more than it shows.
 */

/** Page frame number: index of a 4 KiB page frame, 0 .. pages-1. */
export type Pfn = number;
/** Buddy order: a block of order k is 2^k pages, aligned to 2^k. */
export type Order = number;
/** Index of a zone in `MachineConfig.zones`, lowest addresses first. */
export type ZoneIndex = number;
/** Simulated time in nanoseconds since boot, an integer below 2^53. */
export type Nanoseconds = number;
/** Position in the operation log: n operations applied. */
export type Step = number;
/** CPU number, 0 .. cpus-1. */
export type Cpu = number;

/** "No entry" in every unsigned 32-bit column (list ends, absent owners). */
export const NONE = 0xffffffff;

/** Bytes in a page frame; 4 KiB on i386 and x86-64. */
export const PAGE_BYTES = 4096;
