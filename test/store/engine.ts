/** The store's port with the real engine behind it, in the test's own thread. */
import type { EnginePort } from '../../src/store/engine-port.ts';
import type { Replies, Request } from '../../src/worker/protocol.ts';
import { createPage } from '../worker/page.ts';

/** A port whose answers come from a host of its own. */
export function createRealPort(): EnginePort {
  let page = createPage();
  return {
    request: <T extends Request['type']>(request: Request & { readonly type: T }): Promise<Replies[T]> =>
      page.ask<T>(request),
    onNotice: () => () => undefined,
    restart: () => {
      page = createPage();
    },
  };
}
