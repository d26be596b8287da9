/** A button that opens a native popover with choices. The browser closes it on Escape and on a press outside. */
import { type ReactNode, useId, useRef, useState } from 'react';
import { Icon } from '../icons.tsx';

export interface Choice {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
}

interface MenuButtonProps {
  /** The button's name; the value is told after it. */
  readonly name: string;
  readonly value: string;
  readonly mono?: boolean;
  readonly choices: readonly Choice[];
  readonly current: string | null;
  readonly onChoose: (id: string) => void;
  /** More below the choices: a field, a button. */
  readonly children?: (close: () => void) => ReactNode;
}

function moveFocus(list: HTMLElement, by: 1 | -1): void {
  const items = [...list.querySelectorAll<HTMLElement>('[role=menuitemradio]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  items[(at + by + items.length) % items.length]?.focus();
}

export function MenuButton({ name, value, mono, choices, current, onChoose, children }: MenuButtonProps) {
  const id = useId();
  const popover = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const close = () => popover.current?.hidePopover();

  const place = () => {
    const box = button.current?.getBoundingClientRect();
    const list = popover.current;
    if (!box || !list) return;
    list.style.left = `${Math.max(8, Math.min(box.left, innerWidth - list.offsetWidth - 8))}px`;
    list.style.top = `${box.bottom + 4}px`;
    (
      list.querySelector<HTMLElement>('[aria-checked=true]') ?? list.querySelector<HTMLElement>('button')
    )?.focus();
  };

  return (
    <span className="pick">
      <small aria-hidden="true">{name}</small>
      <button
        ref={button}
        type="button"
        className="pick-button"
        popoverTarget={id}
        aria-label={name}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-description={value}
      >
        <b className={mono ? 'mono' : ''}>{value}</b>
        <Icon name="chevron" />
      </button>
      <div
        id={id}
        ref={popover}
        popover="auto"
        className="menu"
        onToggle={(event) => {
          setOpen(event.newState === 'open');
          if (event.newState === 'open') place();
        }}
      >
        {choices.length > 0 && (
          <div
            role="menu"
            aria-label={name}
            tabIndex={-1}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
              event.preventDefault();
              event.stopPropagation();
              moveFocus(event.currentTarget, event.key === 'ArrowDown' ? 1 : -1);
            }}
          >
            {choices.map((choice) => (
              <button
                key={choice.id}
                type="button"
                role="menuitemradio"
                aria-checked={choice.id === current}
                onClick={() => {
                  close();
                  onChoose(choice.id);
                }}
              >
                <b>{choice.title}</b>
                {choice.note && <span>{choice.note}</span>}
              </button>
            ))}
          </div>
        )}
        {children?.(close)}
      </div>
    </span>
  );
}
