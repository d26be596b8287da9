/**
 * The life of the page frame that is looked at, loaded part by part, newest first. A story told up to a later moment
 * stays while one goes back along it, so that every line can be gone to and come back from.
 */
import type { StoreApi } from 'zustand/vanilla';
import type { LifeStory, Position } from '../worker/protocol.ts';
import type { EnginePort } from './engine-port.ts';
import type { Life } from './looking.ts';
import { isBefore, type LabState } from './state.ts';
import type { Tasks } from './tasks.ts';

export interface LifeLoading {
  /** Tells what came before. */
  more(): Promise<void>;
}

/** Lines that are loaded without being asked for, and parts that are looked through for them. */
const ENOUGH_LINES = 24;
const MOST_PARTS = 6;

function joined(life: Life, part: LifeStory): Life {
  const { reached, complete } = part;
  return { ...life, lines: [...part.lines, ...life.lines], reached, complete };
}

export function createLife(store: StoreApi<LabState>, port: EnginePort, tasks: Tasks): LifeLoading {
  const { getState, setState } = store;
  let busy = false;

  /** The frame whose life is to be told now; null where none is shown, or while playing. */
  const subject = () => {
    const { inspection, playing } = getState();
    if (inspection === null || playing || inspection.visit.pane.kind !== 'page') return null;
    return inspection.pfn === null ? null : { pfn: inspection.pfn, at: inspection.at };
  };

  /** Whether the story at hand tells of this frame up to this moment or later. */
  const isTold = ({ pfn, at }: { pfn: number; at: Position }) => {
    const { life } = getState();
    return life !== null && life.pfn === pfn && !isBefore(life.upTo, at);
  };

  const ask = async (life: Life, first: boolean) => {
    const { pfn, upTo: at, reached: to } = life;
    const part = await port.request({ type: 'life', at, pfn, ...(first ? {} : { to }) });
    return joined(life, part);
  };

  const still = (life: Life) => {
    const now = getState().life;
    return now !== null && now.pfn === life.pfn && now.upTo === life.upTo;
  };

  const load = async (from: Life, parts: number, enough: number) => {
    let life: Life = { ...from, loading: true };
    setState({ life });
    try {
      for (let part = 0; part < parts && !life.complete && life.lines.length < enough; part++) {
        life = await ask(life, life.lines.length === 0 && life.reached < 0);
        if (!still(life)) return;
        setState({ life });
      }
    } catch {
      // A frame outside the machine has no life; the page's own view says so.
    }
    if (still(life)) setState({ life: { ...life, loading: false } });
  };

  const tell = async () => {
    busy = true;
    for (let next = subject(); next !== null && !isTold(next); next = subject()) {
      const { pfn, at } = next;
      const fresh: Life = { pfn, upTo: at, lines: [], reached: -1, complete: false, loading: true };
      await load(fresh, MOST_PARTS, ENOUGH_LINES);
    }
    busy = false;
  };

  store.subscribe((now, before) => {
    // Other operations make another story.
    if (now.opened !== before.opened && now.life !== null) setState({ life: null });
    if (now.inspection === before.inspection && now.playing === before.playing) return;
    const next = subject();
    if (next !== null && !busy && !isTold(next)) void tasks.track(tell());
  });

  const more = async () => {
    const { life } = getState();
    if (life === null || life.loading || life.complete) return;
    await load(life, MOST_PARTS, life.lines.length + ENOUGH_LINES);
  };

  return { more: () => tasks.track(more()) };
}
