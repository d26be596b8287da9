/** What is due when: a binary heap of (step, id), earliest first, equal steps by id. */
export interface DueHeap {
  readonly steps: number[];
  readonly ids: number[];
}

export function createDueHeap(): DueHeap {
  return { steps: [], ids: [] };
}

/** Step of the earliest entry; Infinity when empty. */
export function earliest(heap: DueHeap): number {
  return heap.steps[0] ?? Number.POSITIVE_INFINITY;
}

function before(heap: DueHeap, i: number, j: number): boolean {
  const a = heap.steps[i]!;
  const b = heap.steps[j]!;
  return a < b || (a === b && heap.ids[i]! < heap.ids[j]!);
}

function swap(heap: DueHeap, i: number, j: number): void {
  for (const column of [heap.steps, heap.ids]) {
    const kept = column[i]!;
    column[i] = column[j]!;
    column[j] = kept;
  }
}

export function addDue(heap: DueHeap, step: number, id: number): void {
  heap.steps.push(step);
  heap.ids.push(id);
  for (let i = heap.steps.length - 1; i > 0; ) {
    const parent = (i - 1) >> 1;
    if (!before(heap, i, parent)) return;
    swap(heap, i, parent);
    i = parent;
  }
}

/** Takes the earliest id out; the heap is not empty. */
export function takeDue(heap: DueHeap): number {
  const last = heap.steps.length - 1;
  swap(heap, 0, last);
  heap.steps.pop();
  const id = heap.ids.pop()!;
  for (let i = 0; ; ) {
    let least = i;
    for (const child of [2 * i + 1, 2 * i + 2]) if (child < last && before(heap, child, least)) least = child;
    if (least === i) return id;
    swap(heap, i, least);
    i = least;
  }
}
