/** Saving an experiment, and its call of the command line. */
import { commandOf } from '../../experiment/command.ts';
import type { CompareDocument } from '../../experiment/document.ts';
import { problemsOf } from '../../store/engine-port.ts';
import type { ExperimentRun } from '../../store/state.ts';
import { useLab } from '../lab-context.ts';
import { savePng, saveText } from '../plots/save.ts';
import { plural } from '../words.ts';
import type { FigureRows } from './arms.ts';
import { csvOf, jsonOf, originLines, svgOf } from './export.ts';
import { drawStrip, type StripWords } from './strip.ts';

export type ExperimentFile = 'SVG' | 'PNG' | 'CSV' | 'JSON';

/** Width of a saved picture, in pixels at 100 %. */
const WIDTH = 960;
const LETTER = 6;

const themeColour = (token: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(token).trim();

interface Shown {
  readonly rows: FigureRows;
  readonly words: StripWords;
  readonly title: string;
}

/** @param whole the document; null while runs are missing */
export function useExperimentFiles(
  { experiment }: ExperimentRun,
  whole: CompareDocument | null,
  shown: Shown,
) {
  const { store, port, tasks, acts } = useLab();

  /** The link of the experiment, whatever else is set up now; empty where there is none. */
  const linkOf = async () => {
    const base = location.href.split('#')[0] ?? '';
    const at = { step: 0, event: 0 };
    const link = await port
      .request({ type: 'share', at, base, experiment: experiment.choice })
      .catch(() => null);
    return link?.url ?? '';
  };

  const save = async (kind: ExperimentFile) => {
    if (whole === null) return;
    const { preset, title } = experiment.subject;
    const name = `order0-${preset ?? title}-experiment`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const file = `${name}.${kind.toLowerCase()}`;
    if (kind === 'JSON') return saveText(file, kind, jsonOf(whole));
    const url = await linkOf();
    const origin = originLines(whole, commandOf(experiment, url), url);
    if (kind === 'CSV') return saveText(file, kind, csvOf(whole, origin));
    const strip = drawStrip(shown.rows, WIDTH, shown.words, LETTER);
    const about = `${plural(experiment.choice.seeds.length, 'seed')}; dots: seeds, stroke: mean, bar: 95 % interval`;
    const svg = svgOf(strip, { title: `${title}: ${shown.title}`, about, origin }, themeColour);
    if (kind === 'SVG') return saveText(file, kind, svg);
    await savePng(file, svg);
  };

  const copyCommand = async () => {
    const command = commandOf(experiment, await linkOf());
    const copied = await acts.copy(command);
    store.setState({ remark: copied ? 'The command was copied.' : command });
  };

  const doing = (work: Promise<void>) => {
    const told = work.catch((error: unknown) => store.setState({ problems: problemsOf(error) }));
    void tasks.track(told);
  };
  return {
    save: (kind: ExperimentFile) => doing(save(kind)),
    copyCommand: () => doing(copyCommand()),
  };
}
