/** The panes as the view draws them: the open run first, then those beside it, all told alike. */
import { useMemo } from 'react';
import type { Beside, Frame, FrameDetail, Opened, Problem } from '../../worker/protocol.ts';
import type { FollowingView } from '../grid/following-view.ts';
import { useLabState } from '../lab-context.ts';

export interface PaneModel {
  /** 0 is the open run. */
  readonly index: number;
  /** Null for the open run. */
  readonly id: number | null;
  readonly run: Beside;
  /** What the pane is called; two of one name are told apart by their number. */
  readonly name: string;
  readonly opened: Opened | null;
  readonly frame: Frame | null;
  readonly detail: FrameDetail | null;
  readonly opening: boolean;
  readonly problems: readonly Problem[];
  /** The selected page's frame here, or why it has none. */
  readonly selected: { readonly pfn: number | null; readonly text: string } | null;
}

const NO_PROBLEMS: readonly Problem[] = [];

function nameOf(run: Beside, policy: string | undefined): string {
  return run === 'no-edits' ? `${policy ?? 'the same'}, no edits` : run;
}

export function usePanes(): readonly PaneModel[] {
  const opened = useLabState((state) => state.opened);
  const frame = useLabState((state) => state.frame);
  const detail = useLabState((state) => state.detail);
  const opening = useLabState((state) => state.opening);
  const inspection = useLabState((state) => state.inspection);
  const panes = useLabState((state) => state.panes);
  return useMemo(() => {
    const first = opened?.policy ?? 'order0-slab';
    const edited = (opened?.edits ?? 0) > 0 && panes.some(({ run }) => run === 'no-edits');
    const models: PaneModel[] = [
      {
        index: 0,
        id: null,
        run: first,
        name: edited ? `${first}, edited` : first,
        opened,
        frame,
        detail,
        opening,
        problems: NO_PROBLEMS,
        selected: inspection === null ? null : { pfn: inspection.pfn, text: inspection.where?.reason ?? '' },
      },
      ...panes.map((pane, i) => ({ ...pane, index: i + 1, name: nameOf(pane.run, opened?.policy) })),
    ];
    return models.map((model) => {
      const twice = models.some((other) => other !== model && other.name === model.name);
      return twice ? { ...model, name: `${model.name} (${model.index + 1})` } : model;
    });
  }, [opened, frame, detail, opening, inspection, panes]);
}

/** The picture of a pane's moment; null until there is one of its machine. */
export function usePaneView({ opened, frame }: PaneModel): FollowingView | null {
  const machine = opened?.machine ?? null;
  const pixels = frame?.view ?? null;
  return useMemo(() => {
    if (machine === null || pixels === null || pixels.state.length !== machine.pages) return null;
    const { pages, zones, slabOrder } = machine;
    const { state, detail, levels, dirty, follows } = pixels;
    return { pages, zones, slabOrder, state, detail, levels, dirty, follows };
  }, [machine, pixels]);
}
