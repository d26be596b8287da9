/** Small buttons in rows, one tab stop: the arrows walk from one to the next. */
import type { CSSProperties, KeyboardEvent, ReactNode } from 'react';

export interface Cell {
  readonly key: number;
  /** What it is, in words. */
  readonly label: string;
  readonly className: string;
  readonly content?: ReactNode;
  /** How far it is filled, 0 to 1. */
  readonly level?: number;
  readonly current?: boolean;
  readonly go?: () => void;
}

interface CellsProps {
  readonly label: string;
  readonly columns: number;
  readonly cells: readonly Cell[];
  readonly className?: string;
  readonly onPoint?: (key: number | null) => void;
}

const STEPS: Readonly<Record<string, (columns: number) => number>> = {
  ArrowRight: () => 1,
  ArrowLeft: () => -1,
  ArrowDown: (columns) => columns,
  ArrowUp: (columns) => -columns,
};

/** A custom property, which React's types do not know. */
const levelStyle = (level: number) => ({ '--level': `${100 * level}%` }) as CSSProperties;

function walk(event: KeyboardEvent<HTMLElement>, columns: number): void {
  const by = STEPS[event.key]?.(columns);
  if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const next = all[all.indexOf(document.activeElement as HTMLElement) + by];
  event.preventDefault();
  event.stopPropagation();
  next?.focus();
}

export function Cells({ label, columns, cells, className = '', onPoint }: CellsProps) {
  const stop = Math.max(
    0,
    cells.findIndex((cell) => cell.current),
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      role="group"
      aria-label={label}
      className={`cells ${className}`}
      style={{ gridTemplateColumns: `repeat(${columns}, auto)` }}
      onKeyDown={(event) => walk(event, columns)}
      onPointerLeave={() => onPoint?.(null)}
    >
      {cells.map((cell, i) => (
        <button
          key={cell.key}
          type="button"
          aria-label={cell.label}
          title={cell.label}
          aria-current={cell.current ? true : undefined}
          tabIndex={i === stop ? 0 : -1}
          className={cell.className}
          style={cell.level === undefined ? undefined : levelStyle(cell.level)}
          onClick={cell.go}
          onPointerEnter={() => onPoint?.(cell.key)}
        >
          {cell.content}
        </button>
      ))}
    </div>
  );
}
