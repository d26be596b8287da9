/** Wiring: the worker's client, the store behind it, the page in front. */
import { bundledPresets } from './scenario/bundled-presets.ts';
import { FIRST_PRESET, listPresets } from './scenario/presets.ts';
import { browserHost } from './store/browser-host.ts';
import { createConsole, type Order0 } from './store/console.ts';
import { createLab } from './store/lab.ts';
import { readQuery } from './store/query.ts';
import { mount } from './ui/mount.tsx';
import { createClient } from './worker/client.ts';

declare global {
  interface Window {
    order0: Order0;
  }
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html: no element with the id root');

const lab = createLab(createClient(), browserHost(), listPresets(bundledPresets));
const ready = lab.address.openFromAddress(FIRST_PRESET);
const scheduler = mount(root, lab, readQuery(location.search));
window.order0 = createConsole(
  lab,
  ready,
  () => location.href,
  () => scheduler.whenIdle(),
);
