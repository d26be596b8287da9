/** The worker itself: messages to the host and back. */
import { bundledPresets } from '../scenario/bundled-presets.ts';
import { createHost } from './host.ts';
import type { ToWorker } from './protocol.ts';

const host = createHost((message, transfer) => self.postMessage(message, { transfer }), bundledPresets);
self.addEventListener('message', (event: MessageEvent<ToWorker>) => host.handle(event.data));
