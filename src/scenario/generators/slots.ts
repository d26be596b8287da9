/** Numbers of processes, files and allocations, used again once they are free. */
export interface Slots {
  readonly free: number[];
  next: number;
}

/** @param first smallest number handed out */
export function createSlots(first: number): Slots {
  return { free: [], next: first };
}

/** The number freed last, else a new one. */
export function takeSlot(slots: Slots): number {
  return slots.free.pop() ?? slots.next++;
}

export function giveSlot(slots: Slots, number: number): void {
  slots.free.push(number);
}
