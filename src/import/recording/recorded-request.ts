/** What a recorded allocation asks of the simulated machine: a page of a process, a file, a kernel object, or a block. */
import { GFP } from '../../engine/gfp.ts';
import { ALLOC_TAG } from '../../engine/operation.ts';
import { type EventTable, EventType, eventText, NO_MIGRATETYPE } from '../../kernel-text/event-table.ts';
import { type GfpFlags, parseGfp } from '../../kernel-text/gfp.ts';

/** Which logical thing stands for the block. */
export const USE = { anonymous: 0, cleanFile: 1, dirtyFile: 2, object: 3, kernel: 4 } as const;
export type Use = (typeof USE)[keyof typeof USE];

/** How order-0 user pages are told apart. */
export type UserPages = 'by-flags' | 'anonymous' | 'file';

export interface RecordedRequest {
  readonly use: Use;
  /** The engine's mask. */
  readonly gfp: number;
  /** A number of {@link ALLOC_TAG}. */
  readonly tag: number;
}

/** Gives what each allocation row, failed or not, asks for. */
export type Classifier = (row: number) => RecordedRequest;

const HUGE_ORDER = 9;

/** Numbers of the migratetypes, which differ between kernels before and since 3.19. */
interface Numbering {
  readonly movable: number;
  readonly reclaimable: number;
}
const NEW_NUMBERING: Numbering = { movable: 1, reclaimable: 2 };
const OLD_NUMBERING: Numbering = { movable: 2, reclaimable: 1 };

/** Whether gfp_flags says anything by name. */
function isNamed(text: string, flags: GfpFlags): boolean {
  return text.trim() === 'none' || (text.includes('GFP_') && flags.unknown.length === 0);
}

/** A classifier for one recording; the same flags give the same object. */
export function createClassifier(table: EventTable, userPages: UserPages = 'by-flags'): Classifier {
  const parsed = table.strings.map<GfpFlags | undefined>(() => undefined);
  const flagsOf = (row: number): GfpFlags => {
    const text = table.text[row]!;
    let flags = parsed[text];
    if (flags === undefined) {
      flags = parseGfp(eventText(table, row));
      parsed[text] = flags;
    }
    return flags;
  };
  const numbering = numberingOf(table, flagsOf);
  const known = new Map<number, RecordedRequest>();
  return (row) => {
    const key = (table.text[row]! * 256 + table.order[row]!) * 256 + table.migratetype[row]!;
    let request = known.get(key);
    if (request === undefined) {
      request = classify(table, row, flagsOf(row), numbering, userPages);
      known.set(key, request);
    }
    return request;
  };
}

/** Migratetype 1 with a movable request is the new numbering, 2 the old one; the new one where nothing tells. */
function numberingOf(table: EventTable, flagsOf: (row: number) => GfpFlags): Numbering {
  for (let row = 0; row < table.length; row++) {
    if (table.type[row] !== EventType.alloc) continue;
    const type = table.migratetype[row]!;
    if (type !== 1 && type !== 2) continue;
    const { movable, reclaimable } = flagsOf(row);
    if (movable !== reclaimable) return movable === (type === 1) ? NEW_NUMBERING : OLD_NUMBERING;
  }
  return NEW_NUMBERING;
}

function classify(
  table: EventTable,
  row: number,
  flags: GfpFlags,
  numbering: Numbering,
  userPages: UserPages,
): RecordedRequest {
  const text = eventText(table, row);
  const order = table.order[row]!;
  const type = table.migratetype[row]!;
  const named = isNamed(text, flags);
  const byType = !named && type !== NO_MIGRATETYPE;
  const movable = flags.movable || (byType && type === numbering.movable);
  const reclaimable = flags.reclaimable || (byType && type === numbering.reclaimable);
  const gfp =
    engineMask(text, flags, named) | (movable ? GFP.movable : 0) | (reclaimable ? GFP.reclaimable : 0);
  const tag = tagOf(order, movable, flags);
  if (order > 0) return { use: USE.kernel, gfp, tag };
  if (movable || (flags.user && flags.highmem)) return { use: userUse(flags, userPages), gfp, tag };
  return { use: reclaimable ? USE.object : USE.kernel, gfp, tag };
}

function userUse(flags: GfpFlags, userPages: UserPages): Use {
  if (userPages === 'anonymous') return USE.anonymous;
  if (flags.zero && userPages === 'by-flags') return USE.anonymous;
  return flags.write ? USE.dirtyFile : USE.cleanFile;
}

function tagOf(order: number, movable: boolean, flags: GfpFlags): number {
  if (order >= HUGE_ORDER && movable && flags.comp) return ALLOC_TAG.hugePage;
  return order > 0 && flags.atomic ? ALLOC_TAG.network : ALLOC_TAG.kmalloc;
}

/** The engine's 2.6.9 mask. A mask without names counts as GFP_KERNEL, since its bits differ between kernels. */
function engineMask(text: string, flags: GfpFlags, named: boolean): number {
  const some = (on: boolean, bit: number): number => (on ? bit : 0);
  if (!named && !flags.io && !flags.fs && !flags.user && !flags.atomic) return GFP.wait | GFP.io | GFP.fs;
  return (
    some(text.trim() !== 'none' && !flags.atomic, GFP.wait) |
    some(/\b(?:GFP_ATOMIC|(?:__)?GFP_HIGH)\b/.test(text), GFP.high) |
    some(flags.io, GFP.io) |
    some(flags.fs, GFP.fs) |
    some(flags.cold, GFP.cold) |
    some(/NOWARN/.test(text), GFP.noWarn) |
    some(/GFP_REPEAT/.test(text), GFP.repeat) |
    some(flags.noFail, GFP.noFail) |
    some(flags.noRetry, GFP.noRetry) |
    some(flags.zero, GFP.zero) |
    some(flags.dma, GFP.dma) |
    some(flags.highmem, GFP.highmem) |
    some(flags.user, GFP.user) |
    some(flags.write, GFP.write)
  );
}
