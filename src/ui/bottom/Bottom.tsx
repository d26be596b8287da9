/** The page's foot: one block, one time axis. On a phone the action joins the buttons. */
import { HeadlineAction } from '../headline/Headline.tsx';
import { ForkNote } from '../inspector/ForkNote.tsx';
import { useLabState } from '../lab-context.ts';
import { Problems, Remark } from '../Problems.tsx';
import type { LayoutName } from '../use-layout.ts';
import { count } from '../words.ts';
import { LiveRegion } from './LiveRegion.tsx';
import { Narration } from './Narration.tsx';
import {
  ExperimentsButton,
  PauseChoices,
  PauseOn,
  PlotsButton,
  Speed,
  StepBySelect,
} from './PlayChoices.tsx';
import { PopUp } from './PopUp.tsx';
import { Timeline } from './Timeline.tsx';
import { Controls, PositionText } from './Transport.tsx';

function PhoneLine() {
  const step = useLabState((state) => state.position.step);
  const length = useLabState((state) => state.opened?.length ?? 0);
  return (
    <div className="phone-line">
      <span className="mono muted">
        step {count(step)} of {count(length)}
      </span>
      <PopUp name="Playing">
        <div className="phone-playing">
          <StepBySelect />
          <Speed />
          <PauseChoices />
        </div>
      </PopUp>
      <PlotsButton />
      <ExperimentsButton />
    </div>
  );
}

export function Bottom({ layout }: { readonly layout: LayoutName }) {
  if (layout === 'phone') {
    return (
      <footer className="bottom">
        <Problems />
        <ForkNote />
        <div className="phone-bar">
          <HeadlineAction />
          <Controls big />
        </div>
        <Timeline layout={layout} />
        <PhoneLine />
        <LiveRegion />
      </footer>
    );
  }
  return (
    <footer className="bottom">
      <Problems />
      <ForkNote />
      <Remark />
      <div className="transport">
        <span className="controls">
          <Controls />
          <PositionText />
          <StepBySelect />
        </span>
        <Narration />
        <span className="controls">
          <PauseOn />
          <Speed />
          <PlotsButton />
          <ExperimentsButton />
        </span>
      </div>
      <Timeline layout={layout} />
      <LiveRegion />
    </footer>
  );
}
