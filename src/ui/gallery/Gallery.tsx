/** The presets: a picture, a title and two sentences each, found by words and walked by arrow keys. */
import './gallery.css';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { paletteOf } from '../../render/palette.ts';
import type { PresetEntry } from '../../store/state.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { Dialog } from '../open/Dialog.tsx';
import { useTheme } from '../theme.ts';
import { plural } from '../words.ts';
import { GROUP_TITLES, type GroupId, groupOf, shownBy } from './groups.ts';
import { drawPicture, loadPictures } from './picture.ts';

/** Presets that have every word of the search in title or summary. */
export function matching(presets: readonly PresetEntry[], search: string): PresetEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return presets.filter(({ id, title, summary }) => {
    const text = `${id} ${title} ${summary}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export function Gallery() {
  return (
    <Dialog name="scenarios" title="Scenarios">
      <Choices />
    </Dialog>
  );
}

function Choices() {
  const { session, store, tasks } = useLab();
  const presets = useLabState((state) => state.presets);
  const current = useLabState((state) => state.opened?.presetId ?? null);
  const [search, setSearch] = useState('');
  const [pictures, setPictures] = useState<ReadonlyMap<string, string>>(new Map());
  const cards = useRef<HTMLDivElement>(null);
  const found = useMemo(() => matching(presets, search), [presets, search]);
  useEffect(() => {
    // Without pictures the titles still say it.
    const load = loadPictures().then(setPictures, () => undefined);
    void tasks.track(load);
  }, [tasks]);

  const choose = (id: string) => {
    store.setState({ panel: null });
    void session.open({ kind: 'preset', id });
  };
  const walk = (event: KeyboardEvent) => {
    const all = [...(cards.current?.querySelectorAll<HTMLElement>('.card') ?? [])];
    const next = neighbour(all, document.activeElement, event.key);
    if (next === null) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <>
      <form
        className="gallery-top"
        onSubmit={(event) => {
          event.preventDefault();
          if (found[0] !== undefined) void choose(found[0].id);
        }}
      >
        <input
          // The dialog puts the focus here when it opens.
          ref={(field) => field?.setAttribute('autofocus', '')}
          type="search"
          aria-label="Search scenarios"
          placeholder="Search: mlock, swap, fork …"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={walk}
        />
        <span role="status" className="muted small">
          {plural(found.length, 'scenario')}
        </span>
      </form>
      <div ref={cards} className="card-groups">
        {(Object.keys(GROUP_TITLES) as GroupId[]).map((group) => {
          const members = found.filter(({ id }) => groupOf(id) === group);
          if (members.length === 0) return null;
          return (
            <section key={group} aria-label={GROUP_TITLES[group]}>
              <h3>{GROUP_TITLES[group]}</h3>
              <ul className="cards">
                {members.map((preset) => (
                  <li key={preset.id}>
                    <Card
                      preset={preset}
                      isCurrent={preset.id === current}
                      cells={pictures.get(preset.id)}
                      onChoose={() => void choose(preset.id)}
                      onKeyDown={walk}
                    />
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
      <div className="row gallery-more">
        <button type="button" className="btn light" onClick={() => store.setState({ panel: 'editor' })}>
          Write your own
        </button>
        <button type="button" className="btn light" onClick={() => store.setState({ panel: 'open' })}>
          Open a file or paste kernel text…
        </button>
      </div>
    </>
  );
}

interface CardProps {
  readonly preset: PresetEntry;
  readonly isCurrent: boolean;
  readonly cells: string | undefined;
  readonly onChoose: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function Card({ preset, isCurrent, cells, onChoose, onKeyDown }: CardProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = useMemo(() => shownBy(preset.id), [preset.id]);
  const { theme } = useTheme();
  // The theme decides the custom properties the palette is read from.
  useEffect(() => {
    if (canvas.current === null || cells === undefined) return;
    drawPicture(canvas.current, cells, paletteOf(document.documentElement));
  }, [cells, theme]);
  return (
    <button
      type="button"
      className="card"
      aria-label={preset.title}
      aria-description={preset.summary}
      {...(isCurrent ? { 'aria-current': 'true' as const } : {})}
      onClick={onChoose}
      onKeyDown={onKeyDown}
    >
      <span className="picture" aria-hidden="true">
        <canvas ref={canvas} />
      </span>
      <span className="card-words">
        <b>{preset.title}</b>
        <span>{preset.summary}</span>
        {shown !== '' && <span className="shown-by">{shown}</span>}
      </span>
    </button>
  );
}

/** The card an arrow key leads to from where the focus is: from the search field downwards to the first. */
function neighbour(cards: readonly HTMLElement[], from: Element | null, key: string): HTMLElement | null {
  const at = cards.indexOf(from as HTMLElement);
  if (at < 0) return key === 'ArrowDown' ? (cards[0] ?? null) : null;
  const top = cards[at]!.offsetTop;
  const perRow = Math.max(1, cards.filter((card) => card.offsetTop === cards[0]!.offsetTop).length);
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: perRow,
    ArrowUp: -perRow,
    Home: -at,
    End: cards.length - 1 - at,
  };
  const step = steps[key];
  if (step === undefined) return null;
  const next = cards[at + step];
  // Sideways stays in its row's neighbours; over the top goes nowhere.
  return next ?? (key === 'ArrowDown' && cards.at(-1)!.offsetTop > top ? cards.at(-1)! : null);
}
