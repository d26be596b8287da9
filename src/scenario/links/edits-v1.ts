/**
 * Edits as version 1 of links writes them, frozen: `1377.reclaimSlab.5_1400.touch.9.0.3.w`. One edit after the
 * other, joined by `_`; fields joined by `.`: the step, the operation's name, its fields in the order below, then
 * `w` for a write, `d` and `c` with dt and CPU where they are not left out, `k` where what followed is kept behind it.
 * New operations may be added and fields at an operation's end; none of an old one is changed.
 */
import { GFP_MASKS, type GfpName } from '../../engine/gfp.ts';
import { ALLOC_TAG, type AllocTag, type Operation } from '../../engine/operation.ts';
import { type Edit, LinkError } from './link.ts';

/** Fields of each operation, in the order they are written. A field with `?` may be left out. */
const FIELDS: Readonly<Record<Operation['op'], string>> = {
  idle: '',
  spawn: 'process',
  exit: 'process',
  fork: 'process child',
  mapAnon: 'process region pages',
  mapFile: 'process region file pages',
  unmap: 'process region',
  lock: 'process region',
  unlock: 'process region',
  touch: 'process region page',
  zap: 'process region page pages',
  createFile: 'file pages',
  deleteFile: 'file',
  readFile: 'file page',
  writeFile: 'file page',
  truncate: 'file page pages',
  alloc: 'id order gfp tag',
  free: 'id',
  objectGet: 'cache object parent?',
  objectPut: 'cache object',
  objectLookup: 'cache object parent?',
  objectFree: 'cache object',
  pin: 'process region page',
  unpin: 'process region page',
  sync: 'pages',
  reclaimSlab: 'order slab?',
  reclaimLru: 'pages',
  dropCaches: '',
  drainCpus: '',
  failedAlloc: 'order gfp',
  poolCreate: 'pool minNr order',
  poolPretend: 'pool minNr order',
  poolAlloc: 'pool id gfp',
};
/** `pin` and `unpin` of a file's page have two numbers instead of three. */
const FILE_PIN = 'file page';

/** Largest value of each field; those not named here are below 2^32 - 1. */
const MOST: Readonly<Record<string, number>> = {
  process: 65_535,
  child: 65_535,
  file: 65_535,
  region: 7,
  order: 10,
  cache: 7,
  id: 4_194_303,
  object: 16_777_215,
  parent: 16_777_215,
  page: 4_194_303,
  pages: 4_194_304,
  slab: 4_194_303,
  dt: 1_000_000_000,
  cpu: 63,
  inode: 7,
  gfp: 65_535,
  pool: 15,
  minNr: 64,
};

/** Most edits a link may hold. */
export const MOST_EDITS = 10_000;

export function writeEdits(edits: readonly Edit[]): string {
  return edits.map(writeEdit).join('_');
}

function writeEdit({ at, operation, keep }: Edit): string {
  const fields = 'file' in operation && isPin(operation.op) ? FILE_PIN : FIELDS[operation.op];
  const parts = [String(at), operation.op];
  for (const field of fields.split(' ')) {
    const value: unknown = Reflect.get(operation, field.replace('?', ''));
    if (field === '' || value === undefined) continue;
    parts.push(field === 'gfp' ? writeGfp(Number(value)) : String(value));
  }
  if (operation.op === 'touch' && operation.write) parts.push('w');
  if ('inode' in operation && operation.inode !== undefined) parts.push(`i${operation.inode}`);
  if (operation.dt) parts.push(`d${operation.dt}`);
  if (operation.cpu) parts.push(`c${operation.cpu}`);
  if (keep) parts.push('k');
  return parts.join('.');
}

function isPin(op: string): boolean {
  return op === 'pin' || op === 'unpin';
}

function writeGfp(mask: number): string {
  const names = Object.keys(GFP_MASKS) as GfpName[];
  return names.find((name) => GFP_MASKS[name] === mask) ?? String(mask);
}

/** Inverse of {@link writeEdits}. @throws LinkError */
export function readEdits(text: string): Edit[] {
  const written = text.split('_');
  if (written.length > MOST_EDITS) {
    throw new LinkError(`e: expected at most ${MOST_EDITS} edits, met ${written.length}`);
  }
  const edits = written.map(readEdit);
  for (const [i, edit] of edits.entries()) {
    if (i > 0 && edit.at < edits[i - 1]!.at) {
      throw new LinkError(
        `e: expected edits in rising order of steps, met ${edit.at} after ${edits[i - 1]!.at}`,
      );
    }
  }
  return edits;
}

function readEdit(text: string): Edit {
  const [at, op, ...all] = text.split('.');
  const keep = all.at(-1) === 'k';
  const values = keep ? all.slice(0, -1) : all;
  if (op === undefined || !Object.hasOwn(FIELDS, op)) {
    throw new LinkError(`e: expected STEP.OPERATION, met ${clip(text)}`);
  }
  const record: Record<string, unknown> = { op };
  let fields = FIELDS[op as Operation['op']].split(' ').filter(Boolean);
  const plain = values.findIndex((value) => /^[wdci]\d*$/.test(value));
  const given = plain < 0 ? values : values.slice(0, plain);
  if (isPin(op) && given.length === 2) fields = FILE_PIN.split(' ');
  const required = fields.filter((field) => !field.endsWith('?')).length;
  if (given.length < required || given.length > fields.length) {
    throw new LinkError(`e: expected ${op} with ${fields.join(', ') || 'no fields'}, met ${clip(text)}`);
  }
  for (const [i, value] of given.entries()) {
    const field = fields[i]!.replace('?', '');
    record[field] = readField(field, value, text);
  }
  for (const value of values.slice(given.length)) readMark(record, value, text);
  return {
    at: readNumber('step', at!, 0xffffffff, text),
    operation: record as unknown as Operation,
    ...(keep ? { keep } : {}),
  };
}

/** What a letter with a number behind the fields stands for. */
const KEYS: Readonly<Record<string, string>> = { d: 'dt', c: 'cpu', i: 'inode' };

function readMark(record: Record<string, unknown>, mark: string, text: string): void {
  const key = KEYS[mark[0]!] ?? 'write';
  if (Object.hasOwn(record, key)) throw new LinkError(`e: ${key} twice in ${clip(text)}`);
  const hasInode = record['op'] === 'objectGet' || record['op'] === 'objectLookup';
  if (key === 'inode' && !hasInode) throw new LinkError(`e: expected no inode in ${clip(text)}`);
  if (key !== 'write') record[key] = readNumber(key, mark.slice(1), MOST[key]!, text);
  else if (mark === 'w' && record['op'] === 'touch') record[key] = true;
  else throw new LinkError(`e: expected d or c with a number, met ${clip(mark)} in ${clip(text)}`);
}

function readField(field: string, value: string, text: string): number | string {
  if (field === 'tag') {
    if (Object.hasOwn(ALLOC_TAG, value)) return value as AllocTag;
    throw new LinkError(
      `e: expected a tag (${Object.keys(ALLOC_TAG).join(', ')}), met ${clip(value)} in ${clip(text)}`,
    );
  }
  if (field === 'gfp' && Object.hasOwn(GFP_MASKS, value)) return GFP_MASKS[value as GfpName];
  return readNumber(field, value, MOST[field] ?? 0xfffffffe, text);
}

function readNumber(field: string, value: string, most: number, text: string): number {
  const number = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
  if (number <= most) return number;
  throw new LinkError(`e: expected ${field} from 0 to ${most}, met ${clip(value)} in ${clip(text)}`);
}

function clip(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 37)}…` : text);
}
