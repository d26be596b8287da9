import type { LabState } from '../../store/state.ts';

/** The page a lens stands over: where the cursor is, and before it has moved the cheapest window to empty. */
export const lensAt = ({ cursor, detail }: LabState, pages: number) =>
  Math.min(cursor || (detail?.why.cheapest?.pfn ?? 0), Math.max(0, pages - 1));
