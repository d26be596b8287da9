/** The command palette: type a few letters, choose with the arrows, Enter does it. */
import './palette.css';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useLab, useLabState } from '../lab-context.ts';
import { Dialog } from '../open/Dialog.tsx';
import { useTheme } from '../theme.ts';
import { type Command, commandsOf, findCommand, stepCommand } from './commands.ts';
import { fuzzyFilter } from './fuzzy.ts';

const SHOWN = 60;

/** The command that the keyboard stands on after a key. */
function moved(key: string, at: number, length: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % Math.max(1, length);
    case 'ArrowUp':
      return (at - 1 + length) % Math.max(1, length);
    case 'PageDown':
      return Math.min(length - 1, at + 8);
    case 'PageUp':
      return Math.max(0, at - 8);
    default:
      return null;
  }
}

function Body() {
  const lab = useLab();
  const { choose } = useTheme();
  const id = useId();
  const opened = useLabState((state) => state.opened);
  const presets = useLabState((state) => state.presets);
  const inspection = useLabState((state) => state.inspection);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const commands = useMemo(() => {
    const state = { ...lab.store.getState(), opened, presets, inspection };
    const found = fuzzyFilter(
      query,
      commandsOf(lab, state, choose),
      ({ group, label }) => `${group} ${label}`,
    );
    const step = stepCommand(lab, state, query);
    const find = query.trim() === '' ? [] : [findCommand(lab, query)];
    return [...(step === null ? [] : [step]), ...found.slice(0, SHOWN), ...find];
  }, [lab, choose, query, opened, presets, inspection]);

  // `at` is a dependency because what it points at is to be seen.
  useEffect(() => {
    list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const run = (command: Command | undefined) => {
    if (command === undefined || command.disabled !== '') return;
    lab.store.setState({ panel: null });
    command.run();
  };
  const press = (event: KeyboardEvent) => {
    const to = moved(event.key, at, commands.length);
    if (to !== null) setAt(to);
    else if (event.key === 'Enter') run(commands[at]);
    else return;
    event.preventDefault();
  };

  return (
    <div className="palette">
      <input
        type="text"
        role="combobox"
        aria-label="Command"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={commands.length > 0 ? `${id}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder="An act, a view, a scenario, a step, 0x2c0"
        value={query}
        // The dialog opens after this is mounted, and asks for the attribute then.
        ref={(field) => field?.setAttribute('autofocus', '')}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div id={id} ref={list} role="listbox" aria-label="Commands" tabIndex={-1} className="palette-list">
        {commands.map((command, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the field holds the focus and names its option
          <div
            // Two scenarios may have one title; the place in the list is the name.
            key={i}
            id={`${id}-${i}`}
            data-at={i}
            role="option"
            aria-selected={i === at}
            aria-disabled={command.disabled !== ''}
            className="palette-item"
            onClick={() => run(command)}
          >
            <span className="muted small">{command.group}</span>
            <span>
              {command.label}
              {command.disabled !== '' && <span className="muted">: {command.disabled}</span>}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}

export function Palette() {
  return (
    <Dialog name="palette" title="Commands">
      <Body />
    </Dialog>
  );
}
