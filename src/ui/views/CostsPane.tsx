/** The cost table: every action's price, to be changed here, what the run has paid, and each request as a sum. */
import type { DeviceName } from '../../engine/cost.ts';
import type { RunBill } from '../../worker/protocol.ts';
import { useLabState } from '../lab-context.ts';
import { count, duration } from '../words.ts';
import { ACTION_WORDS } from './action-words.ts';
import { StepSums } from './Bill.tsx';
import { ChoiceField, NumberField, TakeBack, useFieldChange, useHasFields } from './FieldInput.tsx';

/** Bounds of a price in the scenario file. */
const DEAREST_NS = 10_000_000_000;
const DEVICES: readonly (readonly [DeviceName, string])[] = [
  ['hdd', 'HDD'],
  ['ssd', 'SSD'],
  ['nvme', 'NVMe'],
];
const OWN = 'own';

function Prices({ costs }: { readonly costs: RunBill }) {
  const opened = useLabState((state) => state.opened);
  const change = useFieldChange();
  const total = costs.actions.reduce((ns, part) => ns + part.ns, 0);
  if (opened === null) return null;
  return (
    <table className="account prices">
      <caption className="vh">Price of every action and what the run has paid</caption>
      <thead>
        <tr>
          <th scope="col">action</th>
          <th scope="col">price, ns</th>
          <th scope="col">times</th>
          <th scope="col">paid so far</th>
        </tr>
      </thead>
      <tbody>
        {costs.actions.map(({ action, priceNs, times, ns }) => (
          <tr key={action} className={times === 0 ? 'same' : ''}>
            <th scope="row">{ACTION_WORDS[action]}</th>
            <td className="num">
              <NumberField
                label={`Price: ${ACTION_WORDS[action]}, in ns`}
                value={priceNs}
                low={0}
                high={DEAREST_NS}
                onChange={(price) => change(({ priceChange }) => priceChange(opened, action, price))}
              />
            </td>
            <td className="num">{count(times)}</td>
            <td className="num">{times === 0 ? '·' : duration(ns)}</td>
          </tr>
        ))}
        <tr className="sum">
          <th scope="row">Together</th>
          <td />
          <td />
          <td className="num">{duration(total)}</td>
        </tr>
      </tbody>
    </table>
  );
}

export function CostsPane() {
  const costs = useLabState((state) => state.detail?.summary.costs ?? null);
  const bill = useLabState((state) => state.detail?.bill ?? null);
  const isOwn = useLabState((state) => state.opened?.machine.ownPrices ?? false);
  const change = useFieldChange();
  const isAllowed = useHasFields();
  if (costs === null || bill === null) return null;
  const named = DEVICES.find(([, name]) => name === costs.device)?.[0];
  const own = isOwn || named === undefined;
  return (
    <>
      <section className="pane-part">
        <h3>What this step cost</h3>
        <StepSums bill={bill} />
      </section>
      <section className="pane-part">
        <h3>Prices</h3>
        <p className="muted small">
          Models of a device, not measurements of a machine. Times are these prices, added up.
          {!isAllowed && ' A recording has no scenario text to change them in.'}
        </p>
        <p className="field-line">
          <ChoiceField
            label="Device"
            value={own ? OWN : named}
            choices={own ? [...DEVICES, [OWN, `own prices, ${costs.device}`]] : DEVICES}
            onChange={(device) => {
              if (device !== OWN) change(({ deviceChange }) => deviceChange(device as DeviceName));
            }}
          />
          <TakeBack />
        </p>
        <Prices costs={costs} />
      </section>
    </>
  );
}
