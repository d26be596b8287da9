/** The link of this exact moment. */
import { useLabState } from '../lab-context.ts';
import { count } from '../words.ts';
import { Dialog } from './Dialog.tsx';

export function ShareDialog() {
  const link = useLabState((state) => state.link);
  const step = useLabState((state) => state.position.step);
  return (
    <Dialog name="share" title="Share">
      {link !== null && (
        <>
          <p>
            {link.copied ? 'The link was copied. It' : 'The link'} opens this scenario at step {count(step)},
            with everything done to it so far.
          </p>
          <input
            className="link-field"
            readOnly
            aria-label="Link to this moment"
            value={link.url}
            onFocus={(event) => event.currentTarget.select()}
          />
          {link.warning !== null && <p role="alert">{link.warning}</p>}
        </>
      )}
    </Dialog>
  );
}
