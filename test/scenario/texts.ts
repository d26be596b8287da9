/** The smallest scenario there is, and others grown from it. */
export const SMALL = `order0: 1
title: Small
machine:
  pages: 1024
`;

/** A scenario with some of everything. */
export const FULL = `${SMALL}  cpus: 2
  slabOrder: 5
  zones:
    - name: DMA
      pages: 256
    - name: Normal
policy:
  name: order0-slab
  maxDefragScan: 16
seed: 9
workload:
  steps: 300
  after: 10
  actors:
    - kind: processes
      size: [0.01, 0.05]
    - kind: files
    - kind: kernel
    - kind: dentries
steps:
  - op: alloc
    id: 0
    order: 5
    gfp: kernel
  - op: reclaimSlab
    order: 5
openAt: workload+1
notes:
  - step: workload
    text: Here.
`;
