/** Which of the guide's layouts the window calls for. */
import { useSyncExternalStore } from 'react';
import { useSurroundings } from './lab-context.ts';
import { useTheme } from './theme.ts';

export type LayoutName = 'large' | 'wide' | 'medium' | 'small' | 'phone';

const BREAKS: readonly (readonly [LayoutName, number])[] = [
  ['large', 1800],
  ['wide', 1440],
  ['medium', 1024],
  ['small', 700],
];

/** The layout of a window of `width` CSS pixels. */
export function layoutFor(width: number, present: boolean): LayoutName {
  // A beamer of fewer pixels: the same large type, in the layout that scrolls.
  if (present && width >= 1024 && width < 1800) return 'medium';
  return BREAKS.find(([, from]) => width >= from)?.[0] ?? 'phone';
}

function subscribe(changed: () => void): () => void {
  addEventListener('resize', changed);
  return () => removeEventListener('resize', changed);
}

/** @param largeType whether the page is in large type: a presentation, or the projector's theme */
export function useWindowLayout(largeType: boolean): LayoutName {
  return useSyncExternalStore(
    subscribe,
    () => layoutFor(innerWidth, largeType),
    () => layoutFor(1440, largeType),
  );
}

/** The layout in force, below the page's theme. */
export function useLayout(): LayoutName {
  const { present } = useSurroundings().query;
  return useWindowLayout(present || useTheme().theme === 'projector');
}
