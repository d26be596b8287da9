/** The foot of the view: the same transport as one run's, what holds at this step, and the lanes. */
import { LiveRegion } from '../bottom/LiveRegion.tsx';
import { PauseOn, Speed, StepBySelect } from '../bottom/PlayChoices.tsx';
import { Controls, PositionText } from '../bottom/Transport.tsx';
import { ForkNote } from '../inspector/ForkNote.tsx';
import { Problems, Remark } from '../Problems.tsx';
import type { LayoutName } from '../use-layout.ts';
import { DivergenceButtons, Verdict } from './Divergence.tsx';
import { Lanes } from './Lanes.tsx';
import type { PaneModel } from './use-panes.ts';

interface CompareFootProps {
  readonly layout: LayoutName;
  readonly panes: readonly PaneModel[];
}

export function CompareFoot({ layout, panes }: CompareFootProps) {
  const isPhone = layout === 'phone';
  return (
    <footer className="bottom compare-foot">
      <Problems />
      <ForkNote />
      <Remark />
      <div className="transport">
        <span className="controls">
          <Controls big={isPhone} />
          <PositionText />
          {!isPhone && <StepBySelect />}
        </span>
        <Verdict />
        <span className="controls">
          <DivergenceButtons />
          {!isPhone && (
            <>
              <PauseOn />
              <Speed />
            </>
          )}
        </span>
      </div>
      <Lanes panes={panes} layout={layout} />
      <LiveRegion />
    </footer>
  );
}
