/** Short names of migratetypes, as the grid and the free lists have them. */

/** A type's letters: its first one, two where that one could be taken for another type's. */
export const letters = (type: string) => (type === 'Reserve' ? 'Rs' : (type[0] ?? '?'));
