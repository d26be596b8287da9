/** One run beside the first: an engine that opens the same, and follows it from moment to moment. */
import type { Beside, DetailLevel, Frame, Origin, Position, Selection } from '../../worker/protocol.ts';
import { createDirtyTiles } from '../dirty-tiles.ts';
import { type EnginePort, problemsOf } from '../engine-port.ts';
import { createSpentBuffers } from '../spent-buffers.ts';
import type { PaneState } from './pane-state.ts';

export type Change = Partial<Omit<PaneState, 'id' | 'run'>>;

export interface Pane {
  readonly id: number;
  readonly run: Beside;
  readonly port: EnginePort;
  /** Opens what the first pane has open, unless it is open here already. True when something was opened. */
  open(origin: Origin): Promise<boolean>;
  /** Whether a moment can be asked for. */
  readonly ready: () => boolean;
  /** The change that shows a moment; null where it came too late. `far`: with the picture from afar. Never rejects. */
  show(at: Position, detail: DetailLevel, far: boolean): Promise<Change | null>;
  /** Looks for a selected page here. */
  look(selection: Selection | null, at: Position): Promise<void>;
  /** The next `open` opens, whatever was open. */
  forget(): void;
  stop(): void;
}

/** What a run beside the first differs in. */
function runOf(run: Beside, { source, policy, seed, edits }: Origin) {
  return run === 'no-edits'
    ? { source, policy, seed, done: placeholders(edits) }
    : { source, policy: run, seed, done: edits };
}

/**
 * For each act that the rest of the run stands behind, an operation that does nothing: a step of one run is then the
 * same operation of the workload in the other. Nothing stands behind an act that dropped the rest.
 */
function placeholders(edits: Origin['edits']): Origin['edits'] {
  const dropped = edits.findIndex(({ keep }) => keep !== true);
  const kept = dropped < 0 ? edits : edits.slice(0, dropped);
  return kept.map(({ at }) => ({ at, operation: { op: 'idle' }, keep: true }));
}

/** Tells two openings apart without looking into a recording's bytes. */
const keyOf = (request: ReturnType<typeof runOf>) =>
  JSON.stringify(request, (_, value: unknown) => (value instanceof ArrayBuffer ? value.byteLength : value));

/** @param patch changes the pane's part of the state */
export function createPane(id: number, run: Beside, port: EnginePort, patch: (change: Change) => void): Pane {
  const spent = createSpentBuffers();
  const dirtyTiles = createDirtyTiles();
  let key = '';
  let turn = 0;
  let isOpen = false;
  let shown: Frame | null = null;
  let over = false;

  const hush = port.onNotice((notice) => {
    if (notice.notice !== 'crash' || over) return;
    isOpen = false;
    key = '';
    patch({ problems: [{ message: notice.message.split('\n')[0]! }], opening: false });
  });

  /** The opening under way, or the last one. */
  let opening: Promise<boolean> = Promise.resolve(false);

  const open = (origin: Origin): Promise<boolean> => {
    const request = runOf(run, origin);
    const wanted = keyOf(request);
    // Whoever asks for the same again waits until it is there.
    if (wanted === key) return opening.then(() => false);
    key = wanted;
    opening = openNew(request);
    return opening;
  };

  const openNew = async (request: ReturnType<typeof runOf>) => {
    const mine = ++turn;
    isOpen = false;
    patch({ opening: true, problems: [] });
    try {
      const opened = await port.request({ type: 'open', ...request });
      if (mine !== turn || over) return false;
      isOpen = true;
      spent.clear();
      dirtyTiles.clear();
      shown = null;
      patch({ opened, opening: false });
      return true;
    } catch (error) {
      if (mine !== turn || over) return false;
      key = '';
      patch({ opened: null, frame: null, detail: null, opening: false, problems: problemsOf(error) });
      return false;
    }
  };

  const show = async (at: Position, detail: DetailLevel, far: boolean): Promise<Change | null> => {
    const mine = turn;
    try {
      const made = await port.request({
        type: 'frame',
        at,
        detail,
        ...spent.take(),
        ...(far ? { levels: true } : {}),
      });
      if (mine !== turn || over) return null;
      const view = dirtyTiles.take(made.view);
      const frame =
        shown === null ? { ...made, view } : { ...made, view: { ...view, follows: shown.view.state } };
      if (shown !== null) spent.spend(shown);
      shown = frame;
      return { frame, ...(frame.full ? { detail: frame.full } : {}), problems: [] };
    } catch (error) {
      dirtyTiles.clear();
      return mine === turn && !over ? { problems: problemsOf(error) } : null;
    }
  };

  const look = async (selection: Selection | null, at: Position) => {
    if (selection === null) return patch({ selected: null });
    if (selection.kind === 'page') return patch({ selected: { pfn: selection.pfn, text: '' } });
    try {
      const [where] = await port.request({
        type: 'inspect',
        at,
        what: [{ view: 'where', owner: selection }],
      });
      if (over || where?.view !== 'where') return;
      patch({ selected: { pfn: where.pfn, text: where.reason } });
    } catch (error) {
      if (!over) patch({ selected: { pfn: null, text: problemsOf(error)[0]?.message ?? '' } });
    }
  };

  return {
    id,
    run,
    port,
    open,
    ready: () => isOpen,
    show,
    look,
    forget: () => {
      key = '';
    },
    stop: () => {
      over = true;
      hush();
      port.stop();
    },
  };
}
