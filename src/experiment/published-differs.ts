/** Why our figures differ from the originals', by experiment. The numbers are in docs/accuracy.md. */
export const DIFFERS: Readonly<Record<string, string>> = {
  'five-policies':
    'Plain buddy and page moving have less here, since the watermarks keep the last free blocks from these requests. Slabs and compaction have more, since kernel pages share fewer blocks than in the model. Lumpy reclaim varies as widely as it did there.',
  'highalloc-load':
    'The settings follow from the description of the original. It ran seven kernel compiles that ended and freed memory between the requests; here memory stays nine tenths full throughout, and vanilla gets nothing, near the 6 % of 2007. Grouping gets all: it has lumpy reclaim here, which the list-based patches of 2006 had not, and a workload whose kernel part is smaller than that of a compile. The zone-based patches of the same test, 38 and 56 %, are no policy here.',
  'highalloc-rest':
    'The settings follow from the description of the original. Vanilla gets half of what it got in 2006, and as much as in 2007: the kernel’s pages spoil Normal, and in HighMem 2.6.9 leaves single free pages on its per-CPU lists, which spoil blocks too. With those lists drained (a step drainCpus) it gets 54 %, all of HighMem but one block. Grouping gets all here; the original had 12 % refused, on a kernel with more kinds of pages that stay. The zone-based patches of the same test, 77 %, are no policy here.',
  'compaction-reclaim':
    'Only the direction and the ratio can be compared: block sizes differ, and here the evictions that filled the machine count too. Nearly all that is evicted is kswapd’s, which as of 6.12 reclaims two blocks’ worth of pages whenever it is woken for order 10. With policy.kswapdOrder=zero, as in 2012, and a fifth of memory free, compaction serves all eight requests without a single eviction; at nine tenths full it then serves about half of them, which is what was complained of in 2012.',
  'scattered-kernel':
    'Above 0.1 % more is left than the sum for independent pages says: pages asked for one after the other lie near each other, and share blocks.',
  'kernel-share':
    'The model let kernel pages come and go at random; here a fifth stay for good and the others live for three tenths of the run.',
  pins: 'A pin falls where its page happened to be placed, under every policy: the sum for independent pages is near. Lumpy grouping has less than compaction even without pins, since nothing stops 2.6.24 from letting kernel pages into more blocks: 6.12 raises its marks when that happens.',
  'full-scan':
    'The direction is the model’s. Writes by a page-out before the requests count here too, and with one slab looked at more of them are swapped pages, which the figure leaves out.',
  'full-victim':
    'The order of the three rules is the model’s in both figures. Pages that kswapd evicted while the machine filled up count here too, hence about twice as many evicted.',
  occupancy:
    'Slabs keep more here at every occupancy, since kernel pages share fewer slabs. Grouping falls at the same place, between 90 and 95 %, and further, since watermarks refuse its last free blocks.',
  'dirty-clusters':
    'Slabs give the model’s figures within a few pages a block. Lumpy reclaim writes more with single dirty pages, and varies widely over so few seeds.',
  'fallback-rule':
    'The difference is not the rule’s. With policy.fallback either kernel runs by the other’s rule: under 2.6.24 that changes nothing, and under 6.12 the rule of 2.6.24 gives what 6.12 gives with policy.watermarkBoost=0. It is the watermark boost, which after the first mixed pageblock keeps more memory free, and so whole pageblocks for the next.',
};
