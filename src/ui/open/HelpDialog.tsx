/** The key sheet, and the switch that turns the keys off. */
import { useLab, useLabState } from '../lab-context.ts';
import { Dialog } from './Dialog.tsx';
import { KEY_SHEET } from './key-sheet.ts';

export function HelpDialog() {
  const { store } = useLab();
  const keysOn = useLabState((state) => state.keysOn);
  return (
    <Dialog name="help" title="Help">
      <p>
        One square is one page frame of 4 KiB, in the order of its number. Pages that belong to a slab stand
        on a tinted ground. The heavier a page looks, the harder it is to move away. What is drawn in the
        accent colour is what failed, what was chosen, and where you are in time.
      </p>
      <div className="row">
        <button type="button" className="btn light" onClick={() => store.setState({ panel: 'mail' })}>
          The mail, sentence by sentence
        </button>
        <button type="button" className="btn light" onClick={() => store.setState({ panel: 'limits' })}>
          Twenty limits
        </button>
      </div>
      <h3>Keys</h3>
      <table className="key-sheet">
        <tbody>
          {KEY_SHEET.map(([keys, what]) => (
            <tr key={keys}>
              <th scope="row">
                <kbd>{keys}</kbd>
              </th>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>Single keys</h3>
      <label className="row">
        <input
          type="checkbox"
          checked={keysOn}
          onChange={(event) => store.setState({ keysOn: event.currentTarget.checked })}
        />
        Keys act on the page
      </label>
      <p className="muted small">
        Fields keep their own keys, and the grid, the timeline and menus keep the arrow keys while they have
        the focus.
      </p>
    </Dialog>
  );
}
