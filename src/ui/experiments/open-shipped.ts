/** Sets up an experiment that comes with the page. */
import type { ShippedExperiment } from '../../experiment/shipped.ts';
import type { Lab } from '../../store/lab.ts';

/** Opens its preset, unless it is open already, and fills in what is varied; running it is left to the person. */
export async function openShipped(
  { store, session, address }: Lab,
  { preset, choice, figure }: ShippedExperiment,
): Promise<void> {
  const left = address.leave();
  const { opened } = store.getState();
  const isOpen = opened?.presetId === preset && opened.edits === 0;
  if (!isOpen && !(await session.open({ kind: 'preset', id: preset }, { quiet: true }))) return left.stayed();
  store.setState({
    experimentsOpen: true,
    plotsOpen: false,
    experimentChoice: choice,
    experimentFigure: figure,
  });
  left.arrived();
}
