/** Light, dark, projector. */
import { useTheme } from '../theme.ts';
import { MenuButton } from './MenuButton.tsx';

const CHOICES = [
  { id: 'light', title: 'Light' },
  { id: 'dark', title: 'Dark' },
  { id: 'projector', title: 'Projector' },
] as const;

export function ThemeMenu() {
  const { theme, choose } = useTheme();
  return (
    <MenuButton
      name="Theme"
      value={CHOICES.find(({ id }) => id === theme)?.title ?? theme}
      choices={CHOICES}
      current={theme}
      onChoose={(id) => {
        const chosen = CHOICES.find((one) => one.id === id);
        if (chosen !== undefined) choose(chosen.id);
      }}
    />
  );
}
