/** Whether people asked for no motion: in the address, or in their system. */
import { useSyncExternalStore } from 'react';
import { useSurroundings } from './lab-context.ts';

const REDUCED = '(prefers-reduced-motion: reduce)';

function follow(changed: () => void): () => void {
  const media = matchMedia(REDUCED);
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
}

export function useStill(): boolean {
  const { query } = useSurroundings();
  const reduced = useSyncExternalStore(
    follow,
    () => matchMedia(REDUCED).matches,
    () => false,
  );
  return query.still || reduced;
}
