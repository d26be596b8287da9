/** Puts the store together: one state, its actions, and the engine behind them. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Acts, type CopyText, createActs } from './acts.ts';
import { type Address, type AddressHost, createAddress } from './address.ts';
import type { EnginePort, StartEngine } from './engine-port.ts';
import type { Engine } from './experiments.ts';
import { createFrames } from './frames.ts';
import { createInspection } from './inspection.ts';
import { createLife, type LifeLoading } from './life.ts';
import { type Memory, readWords, writeWords } from './memory.ts';
import { type Compare, createCompare } from './panes/door.ts';
import { type Beat, createPlayer, type Player } from './player.ts';
import { createRecordings, type FetchBytes, type Recordings } from './recordings.ts';
import { createSelecting, type Selecting } from './selection.ts';
import { createSession } from './session.ts';
import type { Session } from './session-face.ts';
import { EMPTY, type LabState } from './state.ts';
import { PAUSING } from './step-kinds.ts';
import { createTasks, type Tasks } from './tasks.ts';

export interface Lab {
  readonly store: StoreApi<LabState>;
  readonly session: Session;
  readonly recordings: Recordings;
  readonly player: Player;
  readonly acts: Acts;
  readonly selecting: Selecting;
  readonly life: LifeLoading;
  readonly compare: Compare;
  readonly address: Address;
  readonly tasks: Tasks;
  readonly port: EnginePort;
  readonly memory: Memory;
  readonly openEngine: LabHost['openEngine'];
}

export interface LabHost {
  /** Starts another engine, for experiments. */
  readonly openEngine: () => Engine;
  readonly beat: Beat;
  readonly address: AddressHost;
  readonly copyText: CopyText;
  /** A file beside the page. Rejects where there is none to be had. */
  readonly fetchBytes: FetchBytes;
  readonly memory: Memory;
  readonly startEngine: StartEngine;
}

const PAUSE_ON = 'order0.pauseOn';
const IN_FULL = 'order0.pageInFull';

export function createLab(port: EnginePort, host: LabHost): Lab {
  const store = createStore<LabState>(() => ({
    ...EMPTY,
    pauseOn: readWords(host.memory, PAUSE_ON, PAUSING) ?? EMPTY.pauseOn,
    pageInFull: host.memory.read(IN_FULL) === 'yes',
  }));
  const tasks = createTasks();
  const compare = createCompare(store, port, tasks, host.startEngine, (at) => {
    player.pause();
    void session.seek(at);
  });
  const frames = createFrames(store, port, tasks, compare.alongside);
  const recordings = createRecordings(
    store,
    port,
    (source) => session.open(source),
    () => session.intend(),
    tasks,
    host.fetchBytes,
  );
  const session = createSession(store, port, frames, tasks, recordings, () => address.leave());
  const player = createPlayer(store, port, session, frames, tasks, host.beat);
  const address = createAddress(store, port, session, tasks, host.address);
  const selecting = createSelecting(store, port, tasks);
  createInspection(store, port, tasks);
  const life = createLife(store, port, tasks);
  const acts = createActs(store, port, session, player, tasks, host.address.href, host.copyText);
  port.onNotice((notice) => {
    if (notice.notice === 'progress') {
      const { label, done, total } = notice;
      store.setState({ progress: { label, done, total } });
    } else {
      const { message, step } = notice;
      store.setState({ crash: { message, step }, playing: false, opening: false, progress: null });
    }
  });
  store.subscribe((now, before) => {
    if (now.pageInFull !== before.pageInFull) host.memory.write(IN_FULL, now.pageInFull ? 'yes' : 'no');
    if (now.pauseOn !== before.pauseOn) writeWords(host.memory, PAUSE_ON, now.pauseOn);
  });
  return {
    store,
    session,
    recordings,
    player,
    acts,
    selecting,
    life,
    compare,
    address,
    tasks,
    port,
    memory: host.memory,
    openEngine: host.openEngine,
  };
}
