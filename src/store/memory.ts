/** What the page remembers from visit to visit: a few short words by name. */

export interface Memory {
  /** Null where nothing is remembered, or storage is refused. */
  read(name: string): string | null;
  /** Forgets at the end of the visit where storage is refused. */
  write(name: string, value: string): void;
}

/** The words of a remembered list that are still known, in the order of `known`; null where none was kept. */
export function readWords<T extends string>(
  memory: Memory,
  name: string,
  known: readonly T[],
): readonly T[] | null {
  const text = memory.read(name);
  if (text === null) return null;
  const words = text.split(' ');
  return known.filter((word) => words.includes(word));
}

export const writeWords = (memory: Memory, name: string, words: readonly string[]) =>
  memory.write(name, words.join(' '));
