/** The layout of the page, for what stands below its theme. */
import { useSurroundings } from './lab-context.ts';
import { useTheme } from './theme.ts';
import { type LayoutName, useWindowLayout } from './use-layout.ts';

export function useLayout(): LayoutName {
  const { present } = useSurroundings().query;
  return useWindowLayout(present || useTheme().theme === 'projector');
}
