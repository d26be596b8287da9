/** Whether a line is one that the kernel prints, whole: told from its words alone, and from its columns. */

const ZONE = String.raw`Node\s+\d+,?\s+zone\s+(?:DMA32|DMA|Normal|HighMem|Movable|Device)`;
const TYPE = `(?:Unmovable|Movable|Reclaimable|HighAtomic|Reserve|CMA|Isolate)`;
const MEM_CELL = String.raw`(?:\s+\d+\*\d+kB(?:\s\([A-Z]+\))?)`;

/** Each stands for the whole line, its words and numbers complete. */
const WHOLE: readonly RegExp[] = [
  // buddyinfo, and pagetypeinfo's blocks by type
  new RegExp(String.raw`^\s*${ZONE}(?:\s+\d+)+\s*$`),
  // pagetypeinfo
  new RegExp(String.raw`^\s*${ZONE},?\s+type\s+${TYPE}(?:\s+>?\d+)+\s*$`),
  /^\s*Free pages count per migrate type at order(?:\s+\d{1,2})+\s*$/,
  new RegExp(String.raw`^\s*Number of (?:mixed blocks|blocks type)(?:\s+${TYPE})+\s*$`),
  // unusable_index and extfrag_index
  new RegExp(String.raw`^\s*${ZONE}(?:\s+-?\d\.-?\d{2,3})+\s*$`),
  // slabinfo
  /^\s*[^\s#<]\S*(?:\s+\d+){5}\s*: tunables(?:\s+\d+){3}\s*: slabdata(?:\s+\d+){3}\s*$/,
  /^\s*# name\s+<active_objs>(?:\s(?:: tunables|: slabdata|<[a-z_]+>))*?\s<sharedavail>\s*$/,
  // show_free_areas
  new RegExp(
    String.raw`^\s*(?:Node \d+ )?(?:DMA32|DMA|Normal|HighMem|Movable|Device):${MEM_CELL}+\s*= \d+kB\s*$`,
  ),
  /^\s*(?:Node \d+ )?(?:DMA32|DMA|Normal|HighMem|Movable|Device)(?:\s+[a-z_]+:\d+(?:kB|KB))+(?:\s+(?:[a-z_]+:\d+(?:kB|KB)?|[a-z_]+\? (?:yes|no)))*\s*$/,
  // vmstat and zoneinfo
  /^\s*[a-z][a-z0-9_]+:?\s+\d+\s*$/,
];

/** Whether every word and number of the line is complete and none is missing, as far as words tell. */
export function isWhole(line: string): boolean {
  return WHOLE.some((whole) => whole.test(line));
}

/** `Node %d, zone %8s ` and cells of seven characters: `%6lu `. */
const COLUMNS = /^Node \d+, zone {1,8}\w+ (?:[ \d]{5}\d )*[ \d]{5}\d ?$/;
/** `Node %4d, zone %8s, type %12s ` and cells of seven. */
const TYPED_COLUMNS = /^Node {1,4}\d+, zone {1,8}\w+, type {1,12}\w+ (?:[ >\d]{5}\d )*[ >\d]{5}\d ?$/;
const NAME_WIDTH = 8;

/** Whether the numbers stand under one another, each in its column, as the kernel prints them. */
export function hasColumns(line: string): boolean {
  const name = /zone( +\w+)/.exec(line)?.[1];
  if (name === undefined || name.length < NAME_WIDTH + 1) return false;
  const cells = line.replace(/^(.*?zone +\w+(?:, type +\w+)?) .*$/s, '$1').length;
  const whole = COLUMNS.test(line) || TYPED_COLUMNS.test(line);
  return whole && (line.trimEnd().length - cells) % 7 === 0;
}

/** How a line of the kernel's begins; what begins otherwise may be the rest of the line before. */
const BEGINS =
  /^\s*(?:Node\s+\d+[,\s]|(?:Free pages count|Page block order|Pages per block|Number of )|slabinfo - version|# ?name|Mem-[Ii]nfo|lowmem_reserve|protections?[:[]|per-node stats|pages free|pagesets|(?:DMA32|DMA|Normal|HighMem|Movable)(?::| free:))/;

/** Whether the line begins as one of the kernel's own does. */
export function begins(line: string): boolean {
  return BEGINS.test(line);
}
