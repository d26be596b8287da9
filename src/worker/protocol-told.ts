/** What the lower floors tell and the protocol passes on as it is: types only, under the protocol's name. */
export type { PagePhase, ReclaimAccount, ReclaimTry } from '../analysis/account.ts';
export type { BillPart, RequestBill, RunBill, StepBill } from '../analysis/bill.ts';
export type { Creep, CreepCurve } from '../analysis/creep.ts';
export type { Act, ActId } from '../analysis/inspect/acts.ts';
export type { Found } from '../analysis/inspect/find.ts';
export type { Report, Subject } from '../analysis/inspect/inspect.ts';
export type { LifeLine, LifeStory } from '../analysis/inspect/life-line.ts';
export type { Owner } from '../analysis/inspect/owner.ts';
export type { KernelText } from '../analysis/kernel-view/kernel-text.ts';
export type { LruStrip } from '../analysis/lru-strip.ts';
export type { Line } from '../analysis/narration/line.ts';
export type { Outcomes } from '../analysis/outcomes.ts';
export type { Counted, Held, Marker, MarkerKind, Series } from '../analysis/series.ts';
export type { Operation } from '../engine/operation.ts';
export type { Beside, LinkPage } from '../scenario/links/link.ts';
export type { Selection } from '../scenario/links/selection.ts';
export type { OutcomePart, Told } from './outcome-part.ts';
export type { Origin, RecordingFile, RecordingNeed, Source } from './source.ts';
