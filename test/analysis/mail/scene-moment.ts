/** A scene as the page sees it: opened through the worker's own door, by the link that its button makes. */
import type { Scene } from '../../../src/analysis/mail/scene.ts';
import type { PolicyId } from '../../../src/engine/config.ts';
import { AVAILABLE_POLICIES } from '../../../src/engine/policy/table.ts';
import type { TraceEvent } from '../../../src/engine/trace-event.ts';
import { decodeLink } from '../../../src/scenario/links/codec.ts';
import { sceneLink } from '../../../src/store/scenes.ts';
import type { FrameDetail, KernelTab, Opened, Position } from '../../../src/worker/protocol.ts';
import { createPage, type Page } from '../../worker/page.ts';

export interface Moment {
  readonly opened: Opened;
  readonly detail: FrameDetail;
  /** Of the operation that led here, or that one is inside of. */
  readonly events: readonly TraceEvent[];
  readonly last: TraceEvent | undefined;
  text(file: KernelTab): Promise<string>;
  /** The end of the operation that the scene is inside of. */
  next(): Promise<FrameDetail>;
  /** The figures of the whole run. */
  end(): Promise<FrameDetail['summary']>;
  /** The same preset at the same step under another policy. */
  under(policy: PolicyId): Promise<FrameDetail>;
}

interface Ready {
  readonly page: Page;
  readonly opened: Opened;
}

const ready = new Map<string, Promise<Ready>>();

/** A preset under a policy, opened once for all its scenes. */
function open(scene: Scene): Promise<Ready> {
  const key = `${scene.preset} ${scene.policy} ${scene.experiment} ${scene.beside}`;
  const made = async () => {
    const page = createPage();
    return {
      page,
      opened: await page.ask({ type: 'open', source: { kind: 'link', url: sceneLink(scene) } }),
    };
  };
  const known = ready.get(key) ?? made();
  ready.set(key, known);
  return known;
}

async function detailAt({ page }: Ready, at: Position): Promise<FrameDetail> {
  const frame = await page.ask({ type: 'frame', at, detail: 'full' });
  if (frame.at.step === at.step && frame.at.event === at.event && frame.full !== null) return frame.full;
  throw new Error(`asked for ${at.step}.${at.event}, shown ${frame.at.step}.${frame.at.event}`);
}

/** @throws Error where the link leads to another moment */
export async function momentOf(scene: Scene): Promise<Moment> {
  const at = { step: scene.step, event: scene.event ?? 0 };
  const decoded = decodeLink(sceneLink(scene));
  if (!decoded.ok || decoded.link.step !== at.step || (decoded.link.event ?? 0) !== at.event) {
    throw new Error(`${scene.name}: ${sceneLink(scene)}`);
  }
  const here = await open(scene);
  const detail = await detailAt(here, at);
  return {
    opened: here.opened,
    detail,
    events: detail.trace,
    last: detail.trace.at(-1),
    text: async (file) => (await here.page.ask({ type: 'kernel-text', at, file })).text,
    next: () => detailAt(here, { step: at.step + 1, event: 0 }),
    end: async () => (await detailAt(here, { step: here.opened.length, event: 0 })).summary,
    under: async (policy) => detailAt(await open({ ...scene, policy }), at),
  };
}

/** Scenes whose policy is built. */
export const shown = (scenes: readonly Scene[]) =>
  scenes.filter(({ policy }) => policy === undefined || AVAILABLE_POLICIES.includes(policy));
