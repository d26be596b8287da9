/** Asks the engines what became of each operation, a part at a time, and tells where their runs part. */
import { joinOutcomes, NO_OUTCOMES, partings } from '../../analysis/parting.ts';
import type { EnginePort } from '../engine-port.ts';
import type { Parting } from './pane-state.ts';

const NOTHING: Parting = { compared: 0, complete: false, outcomes: [], places: [], runs: [], told: null };

/**
 * Compares the runs from step 0 to the end of the shortest.
 * @param engines the first pane's first
 * @param told called with more and more; what it is given is never changed
 * @param goOn resolves when it is time for another part: false to stop
 */
export async function pullPartings(
  engines: readonly EnginePort[],
  told: (parting: Parting) => void,
  goOn: () => Promise<boolean>,
): Promise<void> {
  let known = engines.map(() => NO_OUTCOMES);
  const done = engines.map(() => false);
  let parting = NOTHING;
  while (!parting.complete && (await goOn())) {
    const parts = await Promise.all(
      engines.map((engine, i) =>
        done[i] ? null : engine.request({ type: 'outcomes', from: known[i]!.fates.length }),
      ),
    );
    if (!(await goOn())) return;
    known = known.map((before, i) => (parts[i] ? joinOutcomes(before, parts[i]) : before));
    parts.forEach((part, i) => {
      if (part?.complete) done[i] = true;
    });
    const compared = Math.min(...known.map(({ fates }) => fates.length));
    const ended = known.some(({ fates }, i) => done[i] && fates.length === compared);
    const more = partings(known, parting.compared, compared);
    parting = {
      compared,
      complete: ended,
      outcomes: more.outcomes.length === 0 ? parting.outcomes : parting.outcomes.concat(more.outcomes),
      places: more.places.length === 0 ? parting.places : parting.places.concat(more.places),
      runs: known,
      told: parting.told,
    };
    told(parting);
    const first = parting.outcomes[0];
    if (parting.told !== null || first === undefined) continue;
    const words = await Promise.all(engines.map((engine) => engine.request({ type: 'told', step: first })));
    if (!(await goOn())) return;
    parting = { ...parting, told: words.map(({ text }) => text) };
    told(parting);
  }
}
