/** The chooser of the policy whose curves are laid over these. */
import type { PolicyId } from '../../engine/config.ts';
import { PopUp } from '../bottom/PopUp.tsx';
import { useLabState } from '../lab-context.ts';
import { POLICIES } from '../top/menus.tsx';
import { againstText } from './against.ts';
import type { Against } from './use-plots.ts';

export function AgainstChoice({ against }: { readonly against: Against }) {
  const own = useLabState((state) => state.opened?.policy ?? null);
  const isRecording = useLabState((state) => state.opened?.recording != null);
  const length = useLabState((state) => state.opened?.length ?? 0);
  if (isRecording) return null;
  const choices: readonly (PolicyId | null)[] = [
    null,
    ...POLICIES.map(({ id }) => id).filter((id) => id !== own),
  ];
  const isKnown = against.drawn === against.chosen || against.reason !== '';
  return (
    <PopUp name="Against" value={againstText(against.chosen, isKnown, length)}>
      <fieldset className="choices">
        <legend>The same operations under another policy, dashed</legend>
        {choices.map((policy) => (
          <label key={policy ?? 'nothing'}>
            <input
              type="radio"
              name="against"
              checked={policy === against.chosen}
              onChange={() => against.choose(policy)}
            />
            {policy ?? 'nothing'}
          </label>
        ))}
      </fieldset>
    </PopUp>
  );
}
