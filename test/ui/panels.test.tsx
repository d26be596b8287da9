import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, describe, expect, it } from 'vitest';
import { createFrameScheduler } from '../../src/render/scheduler.ts';
import { createLab, type Lab } from '../../src/store/lab.ts';
import { readQuery } from '../../src/store/query.ts';
import { accountOf } from '../../src/store/state.ts';
import { FreeColumn } from '../../src/ui/free/FreeColumn.tsx';
import { Headline } from '../../src/ui/headline/Headline.tsx';
import { Account } from '../../src/ui/inspector/Account.tsx';
import { Inspector } from '../../src/ui/inspector/Inspector.tsx';
import { JustHappened } from '../../src/ui/inspector/JustHappened.tsx';
import { LabContext, useLabState } from '../../src/ui/lab-context.ts';
import type { Position } from '../../src/worker/protocol.ts';
import { createFakeHost } from '../store/fake-host.ts';
import { FAILED, RECLAIMED, RECLAIMING, SERVED } from './fixtures/moments.ts';
import { createFixturePort } from './fixtures/port.ts';

let lab: Lab;

beforeEach(async () => {
  lab = createLab(createFixturePort(), createFakeHost());
  await lab.address.openFromAddress('one-slab');
  // A static render asks for the initial state; here that is the state as it stands.
  lab.store.getInitialState = lab.store.getState;
});

/** What the inspector shows of a reclaim; it loads these later, which a static render does not wait for. */
function RunningAccount() {
  const account = useLabState(({ detail }) => detail?.reclaim ?? null);
  return account && <Account account={account} />;
}
function LastAccount() {
  const account = useLabState(accountOf);
  const lru = useLabState(({ reclaimBefore, detail }) => (reclaimBefore ?? detail)!.lru);
  return account && <JustHappened account={account} lru={lru} refaults={0} />;
}

/** The text of a part of the page at a position, tags taken out. */
async function textAt(at: Position, part: ReactNode): Promise<string> {
  await lab.session.seek(at);
  const scheduler = createFrameScheduler(
    () => undefined,
    () => undefined,
  );
  const html = renderToStaticMarkup(
    <LabContext value={{ lab, query: readQuery(''), scheduler }}>{part}</LabContext>,
  );
  return html.replace(/<[^>]+>/g, '|').replace(/\|+/g, '|');
}

describe('the column of free memory', () => {
  it('always gives two numbers for what holds nothing', async () => {
    const text = await textAt(FAILED, <FreeColumn />);
    expect(text).toContain('|410 of 1,024 pages hold nothing|182 on the free lists|228 idle inside slabs|');
  });

  it('boxes the wanted order', async () => {
    expect(await textAt(FAILED, <FreeColumn />)).toContain('|5|none|');
    expect(await textAt(RECLAIMING, <FreeColumn />)).toContain('|5|wanted|');
    expect(await textAt(SERVED, <FreeColumn />)).toContain('|5|came and went|');
  });

  it('says why the largest blocks do not merge', async () => {
    expect(await textAt(FAILED, <FreeColumn />)).toContain('0x0a0 ^ 0x10 = 0x0b0');
  });

  it('ranks the scanned slabs while one is emptied', async () => {
    expect(await textAt(RECLAIMING, <FreeColumn />)).toContain('|0x120|20|refused|0x2c0|18|now|');
  });

  it('says what was returned', async () => {
    expect(await textAt(RECLAIMED, <FreeColumn />)).toContain('One block of order 5 returned.');
  });
});

describe('the inspector', () => {
  it('answers why a request failed', async () => {
    const text = await textAt(FAILED, <Inspector layout="wide" />);
    expect(text).toContain('Why did order 5 fail?');
    expect(text).toContain('alloc_pages(GFP_KERNEL, 5)');
    expect(text).toContain('|Is there enough memory?| Yes.|');
    expect(text).toContain('|What blocks the other 20|11|');
    expect(text).toContain('extfrag index |0.885|: fragmentation, not lack of memory');
  });

  it('answers in two lines on a phone', async () => {
    const text = await textAt(FAILED, <Inspector layout="phone" />);
    expect(text).toContain('|12 windows|could be emptied|from 0.29 ms|20 windows|cannot|');
  });

  it('keeps the account of the reclaim, the lost slab beside it', async () => {
    const text = await textAt(RECLAIMING, <RunningAccount />);
    expect(text).toContain('Slab 0x2c0, order0-user');
    expect(text).toContain('|Pages dropped|10|20|30|');
    expect(text).toContain('|Modelled time|0.11 ms|0.02 ms|0.13 ms|');
  });

  it('sums up what happened, also for a request served by the step before', async () => {
    for (const at of [RECLAIMED, SERVED]) {
      const text = await textAt(at, <LastAccount />);
      expect(text).toContain('|Pages evicted|41|… for nothing|20|');
      expect(text).toContain('39 inversions');
    }
  });
});

describe('the action', () => {
  it('is to reclaim, to stop, to reclaim again', async () => {
    expect(await textAt(FAILED, <Headline />)).toContain('|Reclaim one slab|R|');
    expect(await textAt(RECLAIMING, <Headline />)).toContain('|Stop here|Esc|');
    expect(await textAt(SERVED, <Headline />)).toContain('|Reclaim one slab|R|');
  });

  it('is not offered by a policy without slabs', async () => {
    await lab.session.reopen({ policy: 'buddy-2.6' });
    const text = await textAt(FAILED, <Headline />);
    expect(text).not.toContain('Reclaim one slab');
    expect(text).toContain('buddy-2.6 has no slabs to reclaim.');
  });
});
