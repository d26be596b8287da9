/** How an invariant says that it is broken. */
import type { Machine } from '../machine.ts';

/** An invariant that does not hold; caught at the door. */
export class Broken extends Error {}

/** Throws {@link Broken} with one line when `condition` is false. */
export function expect(condition: boolean, detail: () => string): void {
  if (!condition) throw new Broken(detail());
}

/** Marks a page as found on a list; a page is on one list at most. */
export function mark(m: Machine, seen: Uint8Array, pfn: number, list: string): void {
  expect(pfn < m.config.pages, () => `${list}: page ${pfn} is outside the machine`);
  expect(seen[pfn] === 0, () => `page ${pfn} is on two lists, the second is ${list}`);
  seen[pfn] = 1;
}
