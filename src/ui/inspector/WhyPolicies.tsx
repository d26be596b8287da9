/** The costlier answers to "why": what each policy could do, the windows by cost. Asked for by a button. */
import type { WhyInFull as InFull, WhyReport } from '../../analysis/why-report.ts';
import { useLab } from '../lab-context.ts';
import { later } from '../later.tsx';
import { notePressed } from './why-pressed.ts';

const WhyInFull = later(
  async () => (await import('./WhyInFull.tsx')).WhyInFull,
  (state) => state.askedWhy !== null,
  { askedWhy: null },
);

/** A button until the question is asked: the answer looks at every page once a policy. */
export function WhyPolicies({ why }: { readonly why: WhyReport | InFull }) {
  const { session } = useLab();
  if ('byPolicy' in why) return <WhyInFull why={why} />;
  return (
    <p className="why-ask">
      <button
        type="button"
        className="btn light"
        onClick={() => {
          notePressed();
          void session.why(why.order);
        }}
      >
        What could each policy do?
      </button>
    </p>
  );
}
