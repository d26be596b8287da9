/** On a phone everything but the scenario is behind one word. */
import { useId, useRef } from 'react';
import { useLab } from '../lab-context.ts';
import { PageButtons, UndoButtons, ViewButtons } from '../views/TopButtons.tsx';
import { PolicyMenu, SeedMenu } from './menus.tsx';
import { ThemeMenu } from './ThemeMenu.tsx';

export function PhoneMenu() {
  const id = useId();
  const sheet = useRef<HTMLDivElement>(null);
  const { store, acts } = useLab();
  const after = (act: () => void) => () => {
    sheet.current?.hidePopover();
    act();
  };
  return (
    <>
      <button type="button" className="word-btn" popoverTarget={id} aria-haspopup="dialog">
        Menu
      </button>
      <div id={id} ref={sheet} popover="auto" role="dialog" aria-label="Menu" className="menu phone-menu">
        <PolicyMenu />
        <SeedMenu />
        <ThemeMenu />
        <UndoButtons className="menu-more" />
        <PageButtons className="menu-more" after={() => sheet.current?.hidePopover()} />
        <ViewButtons className="menu-more" after={() => sheet.current?.hidePopover()} />
        <button
          type="button"
          className="menu-more"
          onClick={after(() => store.setState({ panel: 'editor' }))}
        >
          Scenario text
        </button>
        <button
          type="button"
          className="menu-more"
          onClick={after(() => store.setState({ kernelTab: 'buddyinfo' }))}
        >
          Kernel text
        </button>
        <button type="button" className="menu-more" onClick={after(() => store.setState({ panel: 'open' }))}>
          Open…
        </button>
        <button
          type="button"
          className="menu-more"
          onClick={after(() => void acts.share().catch(() => undefined))}
        >
          Share
        </button>
        <button type="button" className="menu-more" onClick={after(() => store.setState({ panel: 'help' }))}>
          Help
        </button>
      </div>
    </>
  );
}
