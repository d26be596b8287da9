/** Saving plots as files of this moment. */
import type { LabState, StepRange } from '../../store/state.ts';
import { useLab } from '../lab-context.ts';
import { csvOf } from './export-csv.ts';
import { type FileKind, fileName, type Origin } from './export-files.ts';
import { svgOf } from './export-svg.ts';
import type { Plot } from './plot.ts';
import { savePng, saveText } from './save.ts';

function originOf(
  { opened, position, detail }: LabState,
  range: StepRange,
  against: string | null,
  url: string,
): Origin | null {
  if (opened === null) return null;
  return {
    title: opened.title,
    scenario: opened.presetId ?? opened.title,
    policy: opened.recording === null ? opened.policy : 'as recorded',
    ...(against === null ? {} : { against }),
    seed: opened.seed,
    step: position.step,
    length: opened.length,
    range,
    engineVersion: detail?.summary.engineVersion ?? '',
    url,
  };
}

const themeColour = (token: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(token).trim();

/** Saves plots over a range; what fails is said where problems are. */
export function useSave(
  range: StepRange,
  against: string | null,
): (plots: readonly Plot[], kind: FileKind) => void {
  const { store, port, tasks } = useLab();
  const save = async (plots: readonly Plot[], kind: FileKind) => {
    const base = location.href.split('#')[0] ?? '';
    const at = store.getState().position;
    // A recording from disk has no link: the file then goes without.
    const link = await port.request({ type: 'share', at, base }).catch(() => null);
    const origin = originOf(store.getState(), range, against, link?.url ?? '');
    if (origin === null) return;
    const name = fileName(origin, plots.length === 1 ? (plots[0]?.id ?? '') : 'plots', kind);
    if (kind === 'CSV') return saveText(name, kind, csvOf(plots, origin));
    const svg = svgOf(plots, origin, themeColour);
    if (kind === 'SVG') return saveText(name, kind, svg);
    await savePng(name, svg);
  };
  return (plots, kind) => {
    const done = save(plots, kind).catch((error: unknown) =>
      store.setState({ problems: [{ message: error instanceof Error ? error.message : String(error) }] }),
    );
    void tasks.track(done);
  };
}
