/** Wiring: the worker's client, the store behind it, the page in front. */
import { browserHost } from './store/browser-host.ts';
import { createConsole } from './store/console.ts';
import { createLab } from './store/lab.ts';
import { readQuery } from './store/query.ts';
import { mount } from './ui/mount.tsx';
import { createClient } from './worker/client.ts';

/** What a visitor without a link meets; the scenario's folder has a test that it is there. */
const FIRST_PRESET = 'one-slab';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html: no element with the id root');

const lab = createLab(createClient(), { ...browserHost(), openEngine: () => createClient() });
const ready = lab.address.openFromAddress(FIRST_PRESET);
const page = mount(root, lab, readQuery(location.search));
window.order0 = createConsole(
  lab,
  ready,
  () => location.href,
  () => page.whenDrawn(),
);

/** The Scenario menu's list needs the scenario parser, which the first moment does not. */
async function listPresets(): Promise<void> {
  const [{ bundledPresets }, presets] = await Promise.all([
    import('./scenario/bundled-presets.ts'),
    import('./scenario/presets.ts'),
  ]);
  lab.store.setState({ presets: presets.listPresets(bundledPresets) });
}
void lab.tasks.track(listPresets());
