/** What is looked at, in the address and in links, and back. */
import { describe, expect, it } from 'vitest';
import { SHOWN } from '../../src/analysis/shown.ts';
import { KIND } from '../../src/render/page-view.ts';
import { LINK_KINDS, LINK_TEXTS } from '../../src/scenario/links/looks.ts';
import { createLab } from '../../src/store/lab.ts';
import type { LabState } from '../../src/store/state.ts';
import { KERNEL_TABS } from '../../src/worker/protocol.ts';
import { createRealPort } from './engine.ts';
import { createFakeHost } from './fake-host.ts';

it('the names in links are those of the grid and of the kernel’s files', () => {
  expect(SHOWN).toEqual(KIND);
  expect(Object.keys(SHOWN)).toEqual(LINK_KINDS);
  expect(LINK_TEXTS).toEqual(KERNEL_TABS);
});

/** Lets the address be written and what is shown be found out. */
async function written({ host, lab }: Awaited<ReturnType<typeof open>>): Promise<string> {
  const idle = lab.tasks.idle();
  await host.wait();
  await idle;
  return host.history.at(-1)!.split('#')[1]!;
}

const open = async (fragment: string) => {
  const host = createFakeHost(fragment);
  const lab = createLab(createRealPort(), host);
  await lab.address.openFromAddress('one-slab');
  return { host, lab };
};

describe('a link', () => {
  const cases: readonly (readonly [string, Partial<LabState>])[] = [
    ['layout=rows', { layoutMode: 'rows' }],
    ['kind=anon', { solo: KIND.anon }],
    ['overlay=age', { overlay: 'age' }],
    ['view=caches', { trail: [{ selection: null, pane: { kind: 'caches' } }] }],
    ['view=process.3', { trail: [{ selection: null, pane: { kind: 'process', process: 3 } }] }],
    ['view=text.vmstat', { kernelTab: 'vmstat' }],
    ['view=plots.100-200', { plotsOpen: true, plotRange: { from: 100, to: 200 } }],
    ['view=plots', { plotsOpen: true, plotRange: null }],
  ];
  it.each(cases)('with %s shows that, and writes it again', async (look, shown) => {
    const page = await open(`#v=1&preset=one-slab&step=300&${look}`);
    expect(page.lab.store.getState()).toMatchObject(shown);
    expect(await written(page)).toContain(`&${look}&`);
    expect(page.lab.store.getState().problems).toEqual([]);
  });

  it('of an explanation asks for it again', async () => {
    const { lab } = await open('#v=1&preset=one-slab&step=300&view=why.3');
    expect(lab.store.getState().askedWhy?.order).toBe(3);
  });

  it('without any look shows none of those before it', async () => {
    const page = await open('#v=1&preset=one-slab&step=300&kind=anon&overlay=pins&view=caches&layout=z');
    await written(page);
    page.host.visit('https://example.org/lab/#v=1&preset=one-slab&step=301');
    await page.lab.session.settled();
    expect(page.lab.store.getState()).toMatchObject({
      solo: null,
      overlay: 'none',
      trail: [],
      layoutMode: null,
      position: { step: 301 },
    });
  });

  it('shows pageblocks only where the policy has them', async () => {
    const { lab } = await open('#v=1&preset=one-slab&step=300&overlay=pageblocks');
    expect(lab.store.getState().overlay).toBe('none');
  });

  it('of more plots than the run has steps shows those there are', async () => {
    const { lab } = await open('#v=1&preset=one-slab&step=300&view=plots.100-999999');
    const { plotRange, opened } = lab.store.getState();
    expect(plotRange).toEqual({ from: 100, to: opened!.length });
  });
});

it('what is looked at is in the address and in Share, without an entry of its own', async () => {
  const page = await open('#v=1&preset=one-slab&step=300');
  const { lab, host } = page;
  lab.store.setState({ solo: KIND.knoreclaim, layoutMode: 'rows', overlay: 'pins' });
  lab.selecting.show({ kind: 'zones' });
  expect(await written(page)).toContain('&layout=rows&kind=knoreclaim&overlay=pins&view=zones&');
  expect(await lab.acts.share()).toContain('&layout=rows&kind=knoreclaim&overlay=pins&view=zones&');
  expect(host.history).toHaveLength(1);
});
