/** Where the scanners of compaction and the window of page moving stand: in an operation, or cached between them. */
import { NONE, type Pfn, type ZoneIndex } from '../../base/units.ts';
import type { Machine } from '../../engine/machine.ts';
import { M, mobilityField } from '../../engine/mobility/zone-state.ts';
import { EV } from '../../engine/trace-event.ts';
import { zoneOf } from '../../engine/zone.ts';

/** Both scanners of a zone. The pages between them are still to be looked at. */
export interface Scanners {
  readonly zone: string;
  /** The next page the migrate scanner looks at; it goes up. */
  readonly migrate: Pfn;
  /** Where the free scanner looked last, or is to begin; it goes down, pageblock by pageblock. */
  readonly free: Pfn;
  /** Whether a run is under way in this zone; else the positions are those cached for the next run. */
  readonly running: boolean;
}

export type WindowState = 'kept by a page' | 'could move' | 'chosen' | 'freed' | 'given up';

/** A window page moving looked at. */
export interface ScannedWindow {
  readonly pfn: Pfn;
  readonly order: number;
  readonly state: WindowState;
  /** Pages to move, or moved. */
  readonly pages: number;
  /** The page that keeps it; null where none was met. */
  readonly obstacle: Pfn | null;
}

export interface ScannersReport {
  readonly view: 'scanners';
  /** Empty under a policy without compaction. */
  readonly zones: readonly Scanners[];
  /** Of the operation one is inside of, the latest {@link WINDOWS_LIMIT}, in the order they were met. */
  readonly windows: readonly ScannedWindow[];
  /** Windows met before those. */
  readonly windowsOmitted: number;
}

export const WINDOWS_LIMIT = 256;

/**
 * Scanners and windows.
 * @param inside whether the machine stands inside an operation, whose events so far are in its log
 */
export function inspectScanners(m: Machine, inside: boolean): ScannersReport {
  const windows = inside ? windowsMet(m) : [];
  return {
    view: 'scanners',
    zones: m.config.policy.name === 'mobility-compaction' ? scannersOf(m, inside) : [],
    windows: windows.slice(-WINDOWS_LIMIT),
    windowsOmitted: Math.max(0, windows.length - WINDOWS_LIMIT),
  };
}

function scannersOf(m: Machine, inside: boolean): Scanners[] {
  const run = inside ? runUnderWay(m) : null;
  return m.config.zones.map(({ name, start, end }, zone) => {
    if (run?.zone === zone) return { zone: name, migrate: run.migrate, free: run.free, running: true };
    // as placeScanners: what lies outside of the zone stands for its ends
    const size = 1 << m.config.pageblockOrder;
    const cached = (field: number, otherwise: Pfn) => {
      const pfn = mobilityField(m, zone, field);
      return pfn < start || pfn >= end ? otherwise : pfn;
    };
    return {
      zone: name,
      migrate: cached(M.migrateAsync, start),
      free: cached(M.freePfn, Math.max(start, Math.floor((end - 1) / size) * size)),
      running: false,
    };
  });
}

/** The run that has begun and not ended, with the scanners where its events left them. */
function runUnderWay({ log, config }: Machine): { zone: ZoneIndex; migrate: Pfn; free: Pfn } | null {
  let run: { zone: ZoneIndex; migrate: Pfn; free: Pfn } | null = null;
  for (let i = 0; i < log.count; i++) {
    const pfn = log.pfn[i]!;
    switch (log.type[i]) {
      case EV.compactBegin:
        run = { zone: zoneOf(config, pfn), migrate: pfn, free: log.a[i]! };
        break;
      case EV.compactIsolateMigrate:
        if (run) run.migrate = log.a[i]!;
        break;
      case EV.compactIsolateFree:
        if (run) run.free = pfn;
        break;
      case EV.compactEnd:
        run = null;
        break;
    }
  }
  return run;
}

function windowsMet({ log }: Machine): ScannedWindow[] {
  const met = new Map<Pfn, ScannedWindow>();
  const put = (window: ScannedWindow) => {
    met.delete(window.pfn);
    met.set(window.pfn, window);
  };
  let chosen = NONE;
  for (let i = 0; i < log.count; i++) {
    const pfn = log.pfn[i]!;
    const of = { pfn, order: log.order[i]!, pages: log.a[i]!, obstacle: null };
    const victim = met.get(chosen);
    switch (log.type[i]) {
      case EV.scanWindow: {
        const b = log.b[i]!;
        put(b === 0 ? { ...of, state: 'could move' } : { ...of, state: 'kept by a page', obstacle: b - 1 });
        break;
      }
      case EV.chooseWindow:
        put({ ...of, state: 'chosen' });
        chosen = pfn;
        break;
      case EV.refuse:
        // the page met while the chosen window is emptied
        if (victim && pfn >= victim.pfn && pfn < victim.pfn + (1 << victim.order))
          put({ ...victim, obstacle: pfn });
        break;
      case EV.windowFreed:
        put({ ...of, state: 'freed' });
        chosen = NONE;
        break;
      case EV.windowKept:
        put({ ...of, state: 'given up', obstacle: victim?.obstacle ?? null });
        chosen = NONE;
        break;
    }
  }
  return [...met.values()];
}
