import { expect, it } from 'vitest';
import { SENTENCES } from '../../src/analysis/mail/sentences.ts';
import { createLab } from '../../src/store/lab.ts';
import { openScene } from '../../src/store/scenes.ts';
import { createRealPort } from './engine.ts';
import { createFakeHost } from './fake-host.ts';

it('opened at once from a page of text, a scene still leaves that page to go back to', async () => {
  const host = createFakeHost();
  const lab = createLab(createRealPort(), host);
  await lab.address.openFromAddress('one-slab');
  const { scenes } = SENTENCES.find((sentence) => sentence.scenes.length > 0)!;
  // Before the address had time to say which page is open.
  lab.store.setState({ panel: 'mail' });
  expect(await openScene(lab, scenes[0]!, 'mail', 'a sentence')).toBe(true);
  const idle = lab.tasks.idle();
  await host.wait();
  await idle;
  expect(host.history).toHaveLength(3);
  expect(host.history[1]).toContain('page=mail');
  expect(host.history[2]).toContain(`preset=${scenes[0]!.preset}`);
});
