/** The top bar: what runs on the left, what one can do with it on the right. */
import { KeyHint } from '../KeyHint.tsx';
import './top-bar.css';
import { Mark } from '../icons.tsx';
import { KernelTextButton } from '../kernel-text/KernelTextButton.tsx';
import { useLab } from '../lab-context.ts';
import type { LayoutName } from '../use-layout.ts';
import { PageButtons, UndoButtons, ViewButtons } from '../views/TopButtons.tsx';
import { PolicyMenu, ScenarioMenu, SeedMenu } from './menus.tsx';
import { PhoneMenu } from './PhoneMenu.tsx';
import { ThemeMenu } from './ThemeMenu.tsx';

export function TopBar({ layout }: { readonly layout: LayoutName }) {
  const { store, acts } = useLab();
  if (layout === 'phone') {
    return (
      <header className="top">
        <Mark />
        <ScenarioMenu short />
        <span className="spacer" />
        <PhoneMenu />
      </header>
    );
  }
  return (
    <header className="top">
      <Mark />
      <ScenarioMenu />
      <PolicyMenu />
      <SeedMenu />
      <UndoButtons />
      <span className="spacer" />
      <PageButtons />
      <ViewButtons />
      <ThemeMenu />
      <button
        type="button"
        className="word-btn text-word"
        aria-keyshortcuts="e"
        onClick={() => store.setState({ panel: 'editor' })}
      >
        Scenario text<KeyHint>E</KeyHint>
      </button>
      <KernelTextButton />
      <button type="button" className="word-btn open-word" onClick={() => store.setState({ panel: 'open' })}>
        Open…
      </button>
      <button type="button" className="word-btn" onClick={() => void acts.share().catch(() => undefined)}>
        Share
      </button>
      <button
        type="button"
        className="word-btn"
        aria-keyshortcuts="?"
        onClick={() => store.setState({ panel: 'help' })}
      >
        Help<KeyHint>?</KeyHint>
      </button>
    </header>
  );
}
