/** The shape of the figures that the mail's claims are measured by, a part of `order0 run --json`. */
import * as v from 'valibot';
import { ACTIONS } from '../../engine/cost.ts';
import { countOf, list, text } from './parts.ts';

const amount = (what: string) => v.pipe(v.number(), v.minValue(0), v.description(what));
const orNull = (what: string) => v.pipe(v.nullable(v.pipe(v.number(), v.minValue(0))), v.description(what));

const part = v.strictObject({
  action: v.pipe(v.picklist(ACTIONS), v.description('The action, as machine.device names it.')),
  times: countOf('Times it was done.'),
  priceNs: countOf('Its price, ns.'),
  ns: countOf('Times by price.'),
});

const search = {
  pages: countOf('Pages looked at.'),
  blocks: countOf('Blocks made by it.'),
  perBlock: orNull('Pages looked at for each block; null without blocks.'),
};

/** Entries of the result's schema. */
export const claimEntries = {
  latency: v.strictObject({
    lastNs: countOf('Modelled latency of the last request, ns.'),
    lastOrder: countOf('Its order.'),
    lastParts: list(part, 'What its latency is the sum of.'),
    classes: list(
      v.strictObject({
        orders: text('The orders counted together.'),
        requests: countOf('Requests, served or failed.'),
        histogram: list(countOf('Requests.'), 'By latency: place b counts from 2^b to 2^(b+1) - 1 ns.'),
        medianNs: orNull('Lower end of the bucket of the middle request; null without requests.'),
        p99Ns: orNull('Lower end of the bucket that 99 % lie in or below; null without requests.'),
      }),
      'Requests by class of order.',
    ),
  }),
  costs: v.strictObject({
    device: text('Device whose prices these are.'),
    actions: list(part, 'Every action since boot; they sum to costNs.'),
  }),
  search: v.strictObject({
    slab: v.strictObject({ ...search, slabs: countOf('Slabs looked at.') }),
    lru: v.strictObject({ ...search, freed: countOf('Pages freed.') }),
    moving: v.strictObject(search),
    chosen: countOf('Scans that chose a slab.'),
    regretPages: countOf('Clean pages by which they missed the best of all slabs.'),
    regretScore: countOf("The same in the unit of the victim rule's own score."),
  }),
  overhead: v.strictObject({
    descriptorBytes: countOf('Bytes of all slab descriptors.'),
    descriptorPages: countOf('Pages they lie in.'),
    arraySteps: countOf('Pages moved in and out of per-CPU object arrays.'),
    pcpSteps: countOf('Pages moved in and out of per-CPU page lists.'),
    buddySteps: countOf('Buddy operations: blocks taken and given, splits, merges.'),
    perAllocation: v.strictObject({
      steps: amount('Steps for each request.'),
      ns: amount('Their declared price, ns.'),
    }),
  }),
  daemon: v.strictObject({
    wakes: countOf('Wake-ups of the daemon.'),
    slabsLooked: countOf('Slabs it looked at.'),
    pagesLooked: countOf('Pages it looked at.'),
    freed: countOf('Slabs or groups it freed.'),
    costNs: countOf('Modelled cost of its work, ns.'),
  }),
  moves: v.strictObject({
    pages: countOf('Pages moved to other frames.'),
    forNothing: countOf('Those moved out of a slab or window that then stayed.'),
    windowsTried: countOf('Windows that page moving began to empty.'),
    windowsFreed: countOf('Windows it emptied.'),
    windowsKept: countOf('Windows that a page kept.'),
    obstacles: countOf('Pages met that could not move.'),
  }),
  folios: v.strictObject({
    requested: countOf('Folios above order 0 wanted for reads of files.'),
    served: countOf('Those had at the order wanted.'),
    fellBack: countOf('Those that a smaller one stood in for.'),
    failed: countOf('Those not had at all.'),
    split: countOf('Folios split since part of one had to go.'),
  }),
  groups: v.strictObject({
    tried: countOf('Aligned groups of slabs that reclaim began to empty.'),
    freed: countOf('Groups freed.'),
    refused: countOf('Groups given up.'),
  }),
  kernel: v.strictObject({
    pagesInside: countOf('Kernel pages in slabs of order0-knoreclaim.'),
    pagesOutside: countOf('Kernel pages outside of them.'),
    slabsHeld: countOf('Slabs of order0-knoreclaim with a kernel page in use.'),
    blocksPoisoned: countOf('Windows of the slab order outside of them with a kernel page.'),
  }),
  pools: v.strictObject({
    served: countOf('Requests to mempools served.'),
    fromReserve: countOf('Those served from the reserve.'),
    slept: countOf('Requests that slept.'),
    woken: countOf('Sleepers woken.'),
    failed: countOf('Requests that failed.'),
    slabServed: countOf('Requests to a slab in a pool place that were served.'),
    slabFailed: countOf('Those that failed.'),
  }),
  objects: v.strictObject({
    cached: countOf('Objects of kernel caches, cached now.'),
    inUse: countOf('Those that somebody refers to.'),
    pagesHeld: countOf('Pages kept by an object in use, or by a cache that cannot be shrunk.'),
    windowsHeld: countOf('Windows of the slab order with such a page.'),
    allocated: countOf('Objects allocated.'),
    freed: countOf('Objects freed one by one.'),
    cleared: countOf('Objects cleared with their whole page by the extended shrinker.'),
    shrinkerScanned: countOf('Objects that count-driven shrinkers were asked to look at.'),
  }),
  growth: v.strictObject({
    grown: countOf('Slabs that the order-0 caches grew by.'),
    failed: countOf('Times no block of the slab order was to be had.'),
    stranded: countOf('Pages taken singly instead, outside of every slab.'),
    destroyed: countOf('Slabs given back to buddy.'),
  }),
};
