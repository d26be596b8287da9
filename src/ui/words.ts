/** Figures and names as the page writes them. */
import { count, hex, plural } from '../base/text.ts';
import type { Operation } from '../engine/operation.ts';
import { KIND, type KindName } from '../render/page-view.ts';

export { count, duration, hex, plural, thousandths } from '../base/text.ts';

/** A cost in milliseconds with two places, as the ledger aligns them; whole numbers from 100 on. */
export function milliseconds(ns: number): string {
  const ms = ns / 1e6;
  return `${ms >= 100 ? count(Math.round(ms)) : ms.toFixed(2)} ms`;
}

/** A share as a whole percentage: `40 %`. */
export const percent = (part: number, whole: number) =>
  `${whole === 0 ? 0 : Math.round((part * 100) / whole)} %`;

/** A number, or a dot where there is nothing to say. */
export const orDot = (n: number) => (n === 0 ? '·' : count(n));

/** `1,024 pages` as memory: `4 MiB`. */
export function memorySize(pages: number): string {
  const kib = pages * 4;
  if (kib < 1024) return `${kib} KiB`;
  if (kib < 1024 * 1024) return `${round(kib / 1024)} MiB`;
  return `${round(kib / 1024 / 1024)} GiB`;
}

const round = (n: number) => (Number.isInteger(n) ? count(n) : n.toFixed(1));

const KIND_WORDS: Readonly<Record<KindName, string>> = {
  free: 'free',
  idle: 'idle in a slab',
  cleanFile: 'clean file page',
  dirtyFile: 'dirty file page',
  anon: 'anonymous page',
  kreclaim: 'kreclaim page',
  knoreclaim: 'knoreclaim page',
  boot: 'boot page',
  hole: 'no memory',
  parked: 'parked in a per-CPU array',
  pcp: 'free on a per-CPU list',
  unknown: 'unknown page',
};

const REFUSAL_WORDS: Readonly<Record<string, string>> = {
  noSwap: 'no swap',
  needsFs: 'needs __GFP_FS',
  needsIo: 'needs __GFP_IO',
  liveObject: 'object in use',
  writeback: 'under writeback',
  noMemory: 'nowhere to move it',
  kernel: 'kernel page',
  pinned: 'extra reference',
};

/** Why a page kept its slab, in a word or two: `mlocked`, `no swap`. */
export const refusalWord = (reason: string) => REFUSAL_WORDS[reason] ?? reason;

const KIND_NAMES = Object.keys(KIND) as KindName[];

/** What a display kind is called. */
export const kindWord = (kind: number) => KIND_WORDS[KIND_NAMES[kind] ?? 'unknown'];

const TAG_WORDS: Readonly<Record<string, string>> = {
  kmalloc: 'kmalloc',
  network: 'network buffer',
  vmalloc: 'vmalloc',
  hugePage: 'huge page',
  slabPage: 'slab page',
  other: 'kernel',
};

/** What an allocation is for: `network buffer`. */
export const allocationWord = (operation: Operation | null) =>
  operation?.op === 'alloc' ? (TAG_WORDS[operation.tag] ?? 'kernel') : 'kernel';

/** `step 1,377 of 1,530`, with the event inside it where there is one. */
export function positionText(step: number, event: number, events: number, length: number): string {
  const inside = event > 0 ? ` · event ${count(event)} of ${count(events)}` : '';
  return `${count(step)} / ${count(length)}${inside}`;
}

/** `2 pages`, `1 page`. */
export const pagesText = (n: number) => plural(n, 'page');

/** A PFN wide enough for the machine's last one. */
export const pfnText = (pfn: number, pages: number) => hex(pfn, Math.max(3, (pages - 1).toString(16).length));

/** A phrase as a sentence: capital first, full stop last; empty stays empty. */
export function sentence(text: string): string {
  if (text === '') return '';
  return text[0]!.toUpperCase() + text.slice(1) + (/[.?]$/.test(text) ? '' : '.');
}
