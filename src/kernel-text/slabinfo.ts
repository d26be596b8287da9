/**
 * /proc/slabinfo: a cache a line. `s_show`, mm/slab.c (2.6.9 prints version 2.0, 2.6.11 and later 2.1) and
 * `cache_show`, mm/slab_common.c (6.12):
 * "%-17s %6lu %6lu %6u %4u %4d : tunables %4u %4u %4u : slabdata %6lu %6lu %6lu".
 */

export interface SlabinfoCache {
  /** May be longer than its column, and hold spaces. */
  name: string;
  activeObjs: number;
  numObjs: number;
  /** Bytes. */
  objSize: number;
  objPerSlab: number;
  pagesPerSlab: number;
  limit: number;
  batchcount: number;
  sharedFactor: number;
  activeSlabs: number;
  numSlabs: number;
  sharedAvail: number;
  /** What STATS adds (" : globalstat ... : cpustat ..."), as printed; empty without. */
  statistics: string;
}

export interface SlabinfoText {
  /** Null where the text has no first line. 2.0's header names batchcount before limit; the rows never do. */
  version: '2.0' | '2.1' | null;
  statistics: boolean;
  /** Whether the `# name ...` line is there. */
  header: boolean;
  caches: SlabinfoCache[];
}

export interface Slabinfo extends SlabinfoText {
  warnings: string[];
}

const COLUMNS = {
  '2.0': '<batchcount> <limit>',
  '2.1': '<limit> <batchcount>',
} as const;
const STATISTICS =
  ' : globalstat <listallocs> <maxobjs> <grown> <reaped> <error> <maxfreeable> <nodeallocs> <remotefrees> <alienoverflow>' +
  ' : cpustat <allochit> <allocmiss> <freehit> <freemiss>';

/** The kernel's text. */
export function printSlabinfo({ version, statistics, header, caches }: SlabinfoText): string {
  const first =
    version === null ? '' : `slabinfo - version: ${version}${statistics ? ' (statistics)' : ''}\n`;
  const columns =
    '# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab>' +
    ` : tunables ${COLUMNS[version ?? '2.1']} <sharedfactor>` +
    ` : slabdata <active_slabs> <num_slabs> <sharedavail>${statistics ? STATISTICS : ''}\n`;
  return `${first}${header ? columns : ''}${caches.map(printCache).join('')}`;
}

function printCache(c: SlabinfoCache): string {
  const wide = (n: number) => String(n).padStart(6);
  const narrow = (n: number) => String(n).padStart(4);
  return (
    `${c.name.padEnd(17)} ${wide(c.activeObjs)} ${wide(c.numObjs)} ${wide(c.objSize)} ${narrow(c.objPerSlab)} ` +
    `${narrow(c.pagesPerSlab)} : tunables ${narrow(c.limit)} ${narrow(c.batchcount)} ${narrow(c.sharedFactor)} : ` +
    `slabdata ${wide(c.activeSlabs)} ${wide(c.numSlabs)} ${wide(c.sharedAvail)}${c.statistics}\n`
  );
}

const ROW =
  /^\s*(\S.*?)\s+(\d{1,15})\s+(\d{1,15})\s+(\d{1,15})\s+(\d{1,15})\s+(\d{1,15})\s*:\s*tunables\s+(\d{1,15})\s+(\d{1,15})\s+(\d{1,15})\s*:\s*slabdata\s+(\d{1,15})\s+(\d{1,15})\s+(\d{1,15})(.*)$/;
const CUT = /^\s*\S+(?:\s+\d+){2,5}\s*(?::\s*(?:t\w*|tunables.*)?)?$/;

/** Reads every row it finds; a last row that breaks off is warned about. */
export function parseSlabinfo(text: string): Slabinfo {
  const result: Slabinfo = { version: null, statistics: false, header: false, caches: [], warnings: [] };
  text.split('\n').forEach((line, index) => {
    const first = /slabinfo - version:\s*(2\.[01])\b(\s*\(statistics\))?/.exec(line);
    const row = ROW.exec(line);
    if (first) {
      result.version = first[1] as '2.0' | '2.1';
      result.statistics = first[2] !== undefined;
    } else if (/^\s*#\s*name\s+<active_objs>/.test(line)) result.header = true;
    else if (row) result.caches.push(cacheOf(row));
    else if (result.caches.length > 0 && CUT.test(line)) {
      result.warnings.push(
        `line ${index + 1}: "${line.trim().slice(0, 40)}" breaks off before its last column`,
      );
    }
  });
  return result;
}

function cacheOf(row: RegExpExecArray): SlabinfoCache {
  const [activeObjs, numObjs, objSize, objPerSlab, pagesPerSlab, limit, batchcount, sharedFactor] = row
    .slice(2, 10)
    .map(Number) as [number, number, number, number, number, number, number, number];
  const [activeSlabs, numSlabs, sharedAvail] = row.slice(10, 13).map(Number) as [number, number, number];
  return {
    name: row[1]!,
    activeObjs,
    numObjs,
    objSize,
    objPerSlab,
    pagesPerSlab,
    limit,
    batchcount,
    sharedFactor,
    activeSlabs,
    numSlabs,
    sharedAvail,
    statistics: row[13]!.trimEnd(),
  };
}
