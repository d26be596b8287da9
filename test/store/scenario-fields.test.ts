import { beforeEach, describe, expect, it } from 'vitest';
import { checkText } from '../../src/scenario/check-text.ts';
import { applySets } from '../../src/scenario/set.ts';
import { commandOf } from '../../src/store/editor-command.ts';
import { createLab, type Lab } from '../../src/store/lab.ts';
import { changeFields, deviceChange, priceChange, takeFieldBack } from '../../src/store/scenario-fields.ts';
import { lastFieldChange } from '../../src/store/state.ts';
import { createRealPort } from './engine.ts';
import { createFakeHost, type FakeHost } from './fake-host.ts';

let host: FakeHost;
let lab: Lab;

const state = () => lab.store.getState();
const opened = () => state().opened!;
const price = (action: string) =>
  state().detail!.summary.costs.actions.find((one) => one.action === action)!.priceNs;
const setPrice = (action: string, ns: number) => changeFields(lab, priceChange(opened(), action, ns));

beforeEach(async () => {
  host = createFakeHost();
  lab = createLab(createRealPort(), host);
  await lab.address.openFromAddress('one-slab');
});

describe('a price changed beside the picture', () => {
  it('is a field of the text, holds at the same step with the same acts, and is in the link', async () => {
    await lab.session.seek({ step: 200, event: 0 });
    await lab.session.act({ op: 'reclaimLru', pages: 8 });
    const { step } = state().position;
    expect(await setPrice('writePage', 123_456)).toBeNull();
    expect(state().position.step).toBe(step);
    expect(opened()).toMatchObject({ edits: 1, presetId: null });
    expect(opened().machine).toMatchObject({ device: 'SSD', ownPrices: true });
    expect(price('writePage')).toBe(123_456);
    expect(price('swapOut')).toBe(100_000);
    expect(checkText(opened().text).data).toMatchObject({
      machine: { device: { like: 'ssd', writePage: 123_456 } },
    });
    await host.wait();
    const other = createLab(createRealPort(), createFakeHost());
    expect(await other.session.open({ kind: 'link', url: host.history.at(-1)! })).toBe(true);
    expect(other.store.getState().frame?.at).toEqual(state().frame?.at);
    expect(other.store.getState().detail!.summary).toEqual(state().detail!.summary);
  });

  it('costs what it says, and changes nothing else', async () => {
    await lab.session.seek({ step: opened().length, event: 0 });
    const before = state().detail!.summary;
    await setPrice('dropPage', 1800);
    const after = state().detail!.summary;
    const dropped = before.costs.actions.find(({ action }) => action === 'dropPage')!.times;
    expect(dropped).toBeGreaterThan(0);
    expect(after.costNs - before.costNs).toBe(dropped * 1000);
    expect(after.reclaim).toEqual(before.reclaim);
  });

  it('can be taken back, one after the other, to the preset itself', async () => {
    await setPrice('dropPage', 1000);
    await setPrice('dropPage', 2000);
    await takeFieldBack(lab);
    expect(price('dropPage')).toBe(1000);
    await takeFieldBack(lab);
    expect(price('dropPage')).toBe(800);
    expect(opened().presetId).toBe('one-slab');
    expect(lastFieldChange(state())).toBeNull();
  });

  it('cannot be taken back from something else that was opened', async () => {
    await setPrice('dropPage', 1000);
    await lab.session.open({ kind: 'preset', id: 'updatedb' });
    expect(lastFieldChange(state())).toBeNull();
    await takeFieldBack(lab);
    expect(opened().presetId).toBe('updatedb');
  });

  it('that is the device’s own leaves no trace in the text', async () => {
    await setPrice('dropPage', 1000);
    await setPrice('dropPage', 800);
    expect(checkText(opened().text).data).toMatchObject({ machine: { device: 'ssd' } });
    expect(opened().machine.ownPrices).toBe(false);
  });

  it('gives way to the prices of a device', async () => {
    await setPrice('dropPage', 1000);
    await changeFields(lab, deviceChange('hdd'));
    expect(price('dropPage')).toBe(800);
    expect(price('writePage')).toBe(8_000_000);
    expect(opened().machine).toMatchObject({ device: 'HDD', ownPrices: false });
  });

  it('is refused with a reason where the schema has no such value', async () => {
    const text = opened().text;
    expect(await setPrice('dropPage', -1)).toMatch(/dropPage.*integer from 0/);
    expect(opened().text).toBe(text);
    expect(price('dropPage')).toBe(800);
  });

  it('is what --set does, and what the copied command says', async () => {
    const preset = { id: 'one-slab', data: checkText(opened().text).data };
    const set = applySets(opened().text, ['machine.device.dropPage=1000']);
    expect(set.ok && set.scenario.machine.device).toEqual({ like: 'ssd', dropPage: 1000 });
    await setPrice('dropPage', 1000);
    const { data } = checkText(opened().text);
    expect(commandOf({ preset, data, file: 'x.yaml' })).toBe(
      'npm run --silent order0 -- run preset:one-slab --set machine.device.dropPage=1000',
    );
  });

  it('keeps the policy and seed of the menus', async () => {
    await lab.session.reopen({ policy: 'buddy-2.6', seed: 9 });
    await setPrice('dropPage', 1000);
    expect(opened()).toMatchObject({ policy: 'buddy-2.6', seed: 9 });
    await takeFieldBack(lab);
    expect(opened()).toMatchObject({ policy: 'buddy-2.6', seed: 9 });
    expect(price('dropPage')).toBe(800);
  });
});
