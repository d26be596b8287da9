/**
 * What one may do to the selected page, as a menu: beside its button, or where the grid was pressed. Each act becomes
 * a step of the run.
 */
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { visitOf } from '../../store/selection.ts';
import type { Act } from '../../worker/protocol.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { sentence } from '../words.ts';
import { reportOf } from './reports.ts';

function moveFocus(list: HTMLElement, key: string): void {
  const items = [...list.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = key === 'Home' ? 0 : key === 'End' ? items.length - 1 : at + (key === 'ArrowDown' ? 1 : -1);
  items[(to + items.length) % items.length]?.focus();
}

interface ItemProps {
  readonly act: Act;
  readonly run: (act: Act) => void;
}

function Item({ act, run }: ItemProps) {
  const note = act.disabled ?? act.foresees;
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={act.operation === null}
      onClick={() => run(act)}
    >
      <b>{act.label}</b>
      {note !== null && <span>{sentence(note)}</span>}
    </button>
  );
}

export function ActsMenu() {
  const { store, acts } = useLab();
  const menu = useLabState((state) => state.menu);
  const inspection = useLabState((state) => state.inspection);
  const list = useRef<HTMLDivElement>(null);
  const report = reportOf(inspection, 'acts');
  const visit = useLabState(visitOf);
  // Not with the acts of the page that was looked at before.
  const open = menu !== null && report !== null && inspection?.visit === visit;

  useEffect(() => {
    const element = list.current;
    if (element === null || !open || menu === null) return;
    const before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    element.showPopover();
    element.style.left = `${Math.max(8, Math.min(menu.x, innerWidth - element.offsetWidth - 8))}px`;
    element.style.top = `${Math.max(8, Math.min(menu.y, innerHeight - element.offsetHeight - 8))}px`;
    element.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    return () => {
      if (element.matches(':popover-open')) element.hidePopover();
      if (document.activeElement === document.body) before?.focus();
    };
  }, [open, menu]);

  const run = ({ operation }: Act) => {
    if (operation === null) return;
    store.setState({ menu: null });
    void acts.perform(operation);
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (!['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    moveFocus(event.currentTarget, event.key);
  };

  return (
    <div
      ref={list}
      popover="auto"
      role="menu"
      aria-label="Acts on the selected page"
      tabIndex={-1}
      className="menu acts-menu"
      onKeyDown={press}
      onToggle={(event) => {
        if (event.newState === 'closed' && store.getState().menu === menu) store.setState({ menu: null });
      }}
    >
      {(report?.acts ?? []).map((act) => (
        <Item key={`${act.id} ${act.label}`} act={act} run={run} />
      ))}
      {report !== null && report.acts.length === 0 && <p>Nothing can be done to this page.</p>}
    </div>
  );
}
