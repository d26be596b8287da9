/** Theme: the address's choice, else the person's last one, else the system's; projector on large screens. */
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { Theme } from '../store/state.ts';
import { useSurroundings } from './lab-context.ts';
import type { LayoutName } from './use-layout.ts';

const KEY = 'order0.theme';
const ALL: readonly Theme[] = ['light', 'dark', 'projector'];

function remembered(): Theme | null {
  try {
    return ALL.find((theme) => theme === localStorage.getItem(KEY)) ?? null;
  } catch {
    return null; // Storage is refused in private windows and sandboxed frames.
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // The choice then lasts as long as the page.
  }
}

const DARK = '(prefers-color-scheme: dark)';

function followSystem(changed: () => void): () => void {
  const media = matchMedia(DARK);
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
}

export interface ThemeChoice {
  readonly theme: Theme;
  choose(theme: Theme): void;
}

/** The theme in force, and how to change it. Sets `data-theme` and `data-size` on the document's root. */
export function useThemeChoice(layout: LayoutName): ThemeChoice {
  const { query } = useSurroundings();
  const [chosen, setChosen] = useState<Theme | null>(() => query.theme ?? remembered());
  const dark = useSyncExternalStore(
    followSystem,
    () => matchMedia(DARK).matches,
    () => false,
  );
  const bySystem = dark ? 'dark' : layout === 'large' ? 'projector' : 'light';
  const theme = chosen ?? (query.present ? 'projector' : bySystem);
  const root = document.documentElement;
  // Before the first paint and before children read the palette.
  if (root.dataset['theme'] !== theme) root.dataset['theme'] = theme;
  useEffect(() => {
    root.dataset['size'] = layout === 'large' || query.present || theme === 'projector' ? 'large' : 'normal';
  }, [root, layout, query, theme]);
  return {
    theme,
    choose: (next) => {
      remember(next);
      setChosen(next);
    },
  };
}

export const ThemeContext = createContext<ThemeChoice>({ theme: 'light', choose: () => undefined });
export const useTheme = () => useContext(ThemeContext);
