/** Rows of procps' slabtop: `OBJS ACTIVE USE OBJ-SIZE SLABS OBJ/SLAB CACHE-SIZE NAME`. */
import type { InspectSlab } from './report.ts';

const ROW = /^\s*(\d+)\s+(\d+)\s+(\d+)%\s+([\d.]+)K\s+(\d+)\s+(\d+)\s+(\d+)K\s+(\S+)\s*$/;
const PAGE_KB = 4;

/** Every row found, in their order. */
export function readSlabtop(lines: readonly string[]): InspectSlab[] {
  const slabs: InspectSlab[] = [];
  for (const line of lines) {
    const row = ROW.exec(line);
    if (row === null) continue;
    const numSlabs = Number(row[5]);
    const pages = Number(row[7]) / PAGE_KB;
    slabs.push({
      name: row[8]!,
      activeObjs: Number(row[2]),
      numObjs: Number(row[1]),
      objSize: Math.round(Number(row[4]) * 1024),
      objPerSlab: Number(row[6]),
      pagesPerSlab: numSlabs === 0 ? 0 : Math.round(pages / numSlabs),
      numSlabs,
    });
  }
  return slabs;
}
