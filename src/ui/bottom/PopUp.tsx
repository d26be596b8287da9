/** A word that opens a native popover above or below itself, with whatever controls stand in it. */
import { type ReactNode, useId, useRef, useState } from 'react';
import { Icon } from '../icons.tsx';

interface PopUpProps {
  /** The button's word, and the popover's name. */
  readonly name: string;
  /** Told after the name, and shown beside it. */
  readonly value?: string;
  readonly children: ReactNode;
}

const GAP = 4;

export function PopUp({ name, value, children }: PopUpProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const popover = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  const place = () => {
    const box = button.current?.getBoundingClientRect();
    const panel = popover.current;
    if (!box || !panel) return;
    const above = box.top - panel.offsetHeight - GAP;
    const below = box.bottom + GAP;
    const fitsBelow = below + panel.offsetHeight <= innerHeight - GAP;
    panel.style.left = `${Math.max(8, Math.min(box.left, innerWidth - panel.offsetWidth - 8))}px`;
    panel.style.top = `${fitsBelow ? below : Math.max(GAP, above)}px`;
    panel.querySelector<HTMLElement>('input, button, select')?.focus();
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        className="word-btn pop-word"
        popoverTarget={id}
        aria-haspopup="dialog"
        aria-expanded={open}
        {...(value === undefined ? {} : { 'aria-description': value })}
      >
        {name}
        {value !== undefined && <b aria-hidden="true">{value}</b>}
        <Icon name="chevron" />
      </button>
      <div
        id={id}
        ref={popover}
        popover="auto"
        role="dialog"
        aria-label={name}
        className="menu pop-up"
        onToggle={(event) => {
          setOpen(event.newState === 'open');
          if (event.newState === 'open') place();
        }}
      >
        {open && children}
      </div>
    </>
  );
}
