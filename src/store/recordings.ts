/**
 * Recordings whose bytes are not in what a person opened: those shipped beside the page are fetched, others are asked
 * for, where the engine says that a recording is needed.
 */
import type { StoreApi } from 'zustand/vanilla';
import { findShipped, type ShippedRecording } from '../scenario/shipped-recordings.ts';
import type { Opened, RecordingFile, RecordingNeed, Request, Source } from '../worker/protocol.ts';
import { type EnginePort, ProblemsError, problemsOf } from './engine-port.ts';
import type { LabState } from './state.ts';
import type { Tasks } from './tasks.ts';

/** The bytes of a file beside the page, by its relative address. */
export type FetchBytes = (file: string) => Promise<ArrayBuffer>;

export type OpenRequest = Request & { readonly type: 'open' };

export interface Recordings {
  /** Asks the engine to open something, and brings the recording it needs. */
  open(request: OpenRequest): Promise<Opened>;
  /** A source with the file of the recording that was opened last, for an engine that has lost it. */
  withLast(source: Source): Source;
  /** Bytes under way are not wanted any more: something else is opened, or the person called it off. */
  stop(why: 'for another' | 'by the person'): void;
  /** Opens a recording that lies beside the page. True when it opened. */
  openShipped(recording: ShippedRecording): Promise<boolean>;
  /** Answers what is being asked for. Another file than that is refused, and still asked for. */
  give(file: RecordingFile): Promise<boolean>;
  /** No longer asks. */
  forget(): void;
}

const STOPPED = 'opening was stopped; what was open before is still open';

/** Another thing is opened instead. */
class Superseded extends Error {}

export function createRecordings(
  store: StoreApi<LabState>,
  port: EnginePort,
  openSource: (source: Source) => Promise<boolean>,
  intend: () => () => boolean,
  tasks: Tasks,
  fetchBytes: FetchBytes,
): Recordings {
  /** Ends the wait for bytes under way, which arrive for nobody then. */
  let giveUp: ((reason: Error) => void) | null = null;
  let last: RecordingFile | null = null;

  const fetched = async ({ name, file }: ShippedRecording): Promise<RecordingFile> => {
    let refused: Error | null = null;
    const given = new Promise<never>((_, reject) => {
      giveUp = (reason) => {
        refused = reason;
        reject(reason);
      };
    });
    const bytes = await Promise.race([fetchBytes(file), given]);
    // Both may have come in the same turn.
    if (refused !== null) throw refused;
    return { name, bytes };
  };

  const ask = async (request: OpenRequest): Promise<Opened> => {
    const opened = await port.request(request);
    last = fileOf(request.source) ?? last;
    return opened;
  };

  const open = async (request: OpenRequest): Promise<Opened> => {
    const before = store.getState().asking;
    store.setState({ asking: null });
    try {
      return await ask(request);
    } catch (error) {
      const need = needOf(error);
      if (need === null) throw error;
      const { source } = request;
      const shipped = givenFile(source) ? undefined : findShipped(need.hash);
      if (shipped === undefined) {
        store.setState({ asking: { source: before?.source ?? withoutFile(source), need }, panel: 'open' });
        throw error;
      }
      return ask({ ...request, source: withFile(source, await fetched(shipped)) });
    }
  };

  const openShipped = async (recording: ShippedRecording) => {
    const isWanted = intend();
    giveUp?.(new Superseded());
    store.setState({ opening: true, problems: [], asking: null });
    try {
      const file = await fetched(recording);
      return isWanted() && (await openSource({ kind: 'recording', ...file }));
    } catch (error) {
      // Where something else is opened instead, this is no news.
      if (!(error instanceof Superseded)) store.setState({ problems: problemsOf(error), opening: false });
      return false;
    }
  };

  const give = async (file: RecordingFile) => {
    const { asking } = store.getState();
    if (asking === null) return false;
    return openSource(withFile(asking.source, file));
  };

  return {
    open,
    withLast: (source) => (last === null ? source : withFile(source, last)),
    stop: (why) => {
      giveUp?.(why === 'for another' ? new Superseded() : new ProblemsError([{ message: STOPPED }]));
      giveUp = null;
    },
    openShipped: (recording) => tasks.track(openShipped(recording)),
    give,
    forget: () => store.setState({ asking: null }),
  };
}

function needOf(error: unknown): RecordingNeed | null {
  return problemsOf(error).find((problem) => problem.needs !== undefined)?.needs ?? null;
}

function givenFile(source: Source): boolean {
  return 'recording' in source && source.recording !== undefined;
}

function fileOf(source: Source): RecordingFile | null {
  if (source.kind === 'recording') return { name: source.name, bytes: source.bytes };
  return ('recording' in source && source.recording) || null;
}

function withFile(source: Source, recording: RecordingFile): Source {
  return source.kind === 'link' || source.kind === 'text' ? { ...source, recording } : source;
}

function withoutFile(source: Source): Source {
  if (source.kind === 'link') return { kind: 'link', url: source.url };
  return source.kind === 'text' ? { kind: 'text', name: source.name, text: source.text } : source;
}
