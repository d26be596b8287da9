/** The link of this exact moment. */
import { fileNameOf } from '../../store/editor-command.ts';
import { useLabState } from '../lab-context.ts';
import { count } from '../words.ts';
import { Dialog } from './Dialog.tsx';
import { saveText } from './save-text.ts';

export function ShareDialog() {
  const link = useLabState((state) => state.link);
  const title = useLabState((state) => state.opened?.title ?? '');
  const text = useLabState((state) => state.opened?.text ?? '');
  const experiment = useLabState((state) => state.experimentsOpen && state.experimentChoice !== null);
  const step = useLabState((state) => state.position.step);
  return (
    <Dialog name="share" title="Share">
      {link !== null && (
        <>
          <p>
            {link.copied ? 'The link was copied. It' : 'The link'} opens this scenario at step {count(step)},
            with everything done to it so far
            {experiment ? ', and the experiment as it is set up: run there, it gives the same numbers.' : '.'}
          </p>
          <input
            className="link-field"
            readOnly
            aria-label="Link to this moment"
            value={link.url}
            onFocus={(event) => event.currentTarget.select()}
          />
          {link.warning !== null && (
            <>
              <p role="alert">{link.warning}</p>
              {text !== '' && (
                <button type="button" className="btn" onClick={() => saveText(fileNameOf(title), text)}>
                  Save the scenario as a file
                </button>
              )}
            </>
          )}
        </>
      )}
    </Dialog>
  );
}
