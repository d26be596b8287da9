/** The page's side of a host, without a worker. */

import { bundledPresets } from '../../src/scenario/bundled-presets.ts';
import { createHost, type Host } from '../../src/worker/host.ts';
import type { FromWorker, Notice, Problem, Replies, Request } from '../../src/worker/protocol.ts';

export interface Page {
  readonly host: Host;
  readonly notices: Notice[];
  /** Asks and gives the reply's value; rejects with the problems of a refusal. */
  ask<T extends Request['type']>(request: Request & { readonly type: T }): Promise<Replies[T]>;
  /** The problems of a request that must be refused. */
  refused(request: Request): Promise<readonly Problem[]>;
}

/** A host with nothing open; `clock` decides how often long work pauses. */
export function createPage(clock?: () => number): Page {
  const waiting = new Map<number, (reply: FromWorker) => void>();
  const notices: Notice[] = [];
  const host = createHost(
    (message, transfer) => {
      if ('notice' in message) return void notices.push(message);
      waiting.get(message.id)?.(structuredClone(message, { transfer }));
      waiting.delete(message.id);
    },
    bundledPresets,
    clock,
  );
  let ids = 0;
  const send = (request: Request) =>
    new Promise<FromWorker>((resolve) => {
      const id = ++ids;
      waiting.set(id, resolve);
      host.handle({ ...request, id });
    });
  return {
    host,
    notices,
    async ask(request) {
      const reply = await send(request);
      if ('ok' in reply && reply.ok) return reply.value as never;
      throw new Error(JSON.stringify(reply));
    },
    async refused(request) {
      const reply = await send(request);
      if ('ok' in reply && !reply.ok) return reply.problems;
      throw new Error('expected a refusal');
    },
  };
}

/** A scenario in which an order-8 request fails, then a slab is reclaimed. */
export const FAILING = `order0: 1
title: It fails
machine:
  pages: 256
  zones:
    - name: Normal
  slabOrder: 4
  cpus: 1
  arrays: { limit: 4, batchcount: 2, shared: 0 }
workload:
  steps: 300
  actors:
    - kind: files
      weight: 3
      count: 4
      size: [0.1, 0.2]
    - kind: kernel
      weight: 1
steps:
  - { op: alloc, id: 0, order: 7, gfp: atomic, tag: kmalloc }
  - { op: reclaimSlab, order: 4 }
  - { op: readFile, file: 0, page: 0 }
notes:
  - { step: 10, text: Ten operations have run. }
openAt: workload+1
`;
