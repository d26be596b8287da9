/** Fuzzy matching of what is typed against the names of commands. */

/**
 * How well `text` answers `query`: every letter of the query in order, better where letters stand together and at
 * the beginnings of words. Null where a letter is missing.
 */
export function fuzzyScore(query: string, text: string): number | null {
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  const given = text.toLowerCase();
  let score = 0;
  let at = 0;
  for (const letter of wanted) {
    const found = given.indexOf(letter, at);
    if (found < 0) return null;
    const before = given[found - 1];
    const begins = before === undefined || before === ' ' || before === '-' || before === '.';
    score += found === at && at > 0 ? 3 : begins ? 2 : 0;
    score -= Math.min(3, found - at) * 0.1;
    at = found + 1;
  }
  return score - given.length * 0.01;
}

/** The entries that answer the query, best first; all in their order where nothing is typed. */
export function fuzzyFilter<T>(query: string, entries: readonly T[], textOf: (entry: T) => string): T[] {
  if (query.trim() === '') return [...entries];
  return entries
    .flatMap((entry) => {
      const score = fuzzyScore(query, textOf(entry));
      return score === null ? [] : [{ entry, score }];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}
