/** Counters of the machine, all integers below 2^53, one column of state. Indices into `Machine.counters`. */

const NAMES = [
  // time and position
  'clockNs',
  'operations',
  'deviceBusyUntil',
  // what requests cost, and what became of them
  'costNs',
  'requests',
  'requestsFailed',
  'highOrderRequested',
  'highOrderServed',
  'highOrderFailed',
  'absentOperations',
  // slab reclaim
  'slabsTried',
  'slabsDiscarded',
  'slabsRefused',
  'slabReclaims',
  'scanRegret',
  'scansChosen',
  // reclaim of pages, both ways
  'pagesEvicted',
  'evictedForNothing',
  'pagesDropped',
  'pagesWritten',
  'pagesSwapped',
  'pteUnmaps',
  'pteUpdates',
  'tlbFlushes',
  'pagesCopied',
  'pagesScanned',
  'slabsScanned',
  'inversions',
  'refaults',
  'directReclaims',
  'kswapdRuns',
  'kswapdWakes',
  'oomKills',
  'oomFirstCall',
  'oomLastCall',
  'oomCalls',
  'oomLastKill',
  // page faults and input
  'minorFaults',
  'majorFaults',
  'pagesRead',
  'pagesSwappedIn',
  // allocator work
  'buddySteps',
  'arrayHits',
  'arrayRefills',
  'arrayFlushes',
  'sharedHits',
  'pcpHits',
  'pcpRefills',
  'pcpDrains',
  'cacheGrowths',
  'cacheGrowthsFailed',
  'strandedPages',
  'slabsDestroyed',
  'descriptorPages',
  'slabsTotal',
  'descriptorHead',
  // kernel objects
  'objectsAllocated',
  'objectsFreed',
  'objectsCleared',
  'shrinkerScanned',
  // swap
  'swapUsed',
  'swapCursor',
  // queue of asynchronous writes (ring positions)
  'ioHead',
  'ioCount',
  // reap
  'reapDueNs',
  // daemon
  'daemonOrder',
  'daemonWakes',
  'memoryMapped',
  // pages moved
  'pagesMoved',
  'movedForNothing',
  // groups of neighbouring slabs, for requests above the slab order
  'groupsTried',
  'groupsFreed',
  'groupsRefused',
  // the daemon's sleep
  'daemonNextNs',
  // mempools: requests served and from where, that slept, were woken, failed; and those of the slab in a pool's place
  'poolServed',
  'poolFromReserve',
  'poolSlept',
  'poolWoken',
  'poolFailed',
  'slabPoolServed',
  'slabPoolFailed',
  // page moving: windows tried, emptied, kept by a page; pages met that could not move
  'windowsTried',
  'windowsFreed',
  'windowsKept',
  'obstaclesMet',
  // grouping by mobility: requests served from another type's lists, pageblocks that changed their type for it
  'pageblockSteals',
  'pageblockClaims',
  // neighbours that lumpy reclaim took along
  'lumpyTaken',
  // compaction, as vmstat counts it
  'compactStall',
  'compactSuccess',
  'compactFail',
  'compactDeferred',
  'compactMigrateScanned',
  'compactFreeScanned',
  'compactIsolated',
  'compactMigrated',
  'compactMigrateFailed',
  'kcompactdWakes',
  'kcompactdMigrateScanned',
  'kcompactdFreeScanned',
  'kcompactdDueNs',
  'proactiveRuns',
  'watermarkBoosts',
  // page cache in objects of an order: asked for, had at that order, had smaller; split since part of one had to go
  'foliosRequested',
  'foliosServed',
  'foliosFellBack',
  'foliosSplit',
  // when the marks of 6.12's per-CPU lists next decay
  'pcpDecayDueNs',
  // HIGHATOMIC pageblocks set aside, and given back
  'highAtomicReserved',
  'highAtomicReturned',
] as const;

export type CounterName = (typeof NAMES)[number];

/** All counter names, in column order. */
export const COUNTER_NAMES: readonly CounterName[] = NAMES;

/** Index of each counter. */
export const C = Object.fromEntries(NAMES.map((name, i) => [name, i])) as Record<CounterName, number>;
