/** Parts of an experiment run apart, and how they become the whole again: the same document, whatever the order. */
import * as v from 'valibot';
import { POLICY_IDS, type PolicyId } from '../engine/config.ts';
import { type CellResult, type CompareDocument, documentFrom, type ExperimentFacts } from './document.ts';

/** Part `index` of `of`, counted from 1: every cell whose place leaves the rest `index - 1`. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

export interface ShardDocument {
  readonly shard: Shard;
  /** Whether the whole was asked for as JSON. */
  readonly json: boolean;
  readonly experiment: ExperimentFacts & { readonly policies: readonly PolicyId[] };
  readonly cells: readonly CellResult[];
}

/** Shards that do not make a whole: one line, for a person. */
export class ShardError extends Error {}

/** Neighbouring cells go to different shards, so that a slow arm is shared out. */
export function inShard(cell: number, { index, of }: Shard): boolean {
  return cell % of === index - 1;
}

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const shardSchema = v.object({
  shard: v.object({ index: v.pipe(whole, v.minValue(1)), of: v.pipe(whole, v.minValue(1)) }),
  json: v.boolean(),
  experiment: v.object({
    title: v.string(),
    preset: v.nullable(v.string()),
    scenarioHash: v.string(),
    engineVersion: v.string(),
    sets: v.array(v.string()),
    sweeps: v.array(v.object({ path: v.string(), values: v.pipe(v.array(v.string()), v.minLength(1)) })),
    seeds: v.pipe(v.array(whole), v.minLength(1)),
    policies: v.pipe(v.array(v.picklist(POLICY_IDS)), v.minLength(1)),
  }),
  cells: v.array(
    v.object({
      cell: whole,
      stateHash: v.string(),
      figures: v.record(v.string(), v.nullable(v.number())),
    }),
  ),
});

/** Reads what `compare --shard` printed. @param name of the file, for the error. @throws ShardError */
export function readShard(text: string, name: string): ShardDocument {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new ShardError(`${name}: expected a shard as order0 compare --shard prints it, met no JSON`);
  }
  const read = v.safeParse(shardSchema, data);
  if (read.success) return read.output;
  const at = read.issues[0].path?.map(({ key }) => String(key)).join('.') ?? 'the document';
  throw new ShardError(
    `${name}: expected a shard as order0 compare --shard prints it; ${at} is not as it should be`,
  );
}

/**
 * The document of the whole experiment.
 * @param shards with the name of the file each was read from
 * @throws ShardError where one is missing, given twice or of another experiment
 */
export function mergeShards(
  shards: readonly { readonly name: string; readonly shard: ShardDocument }[],
): CompareDocument {
  const first = shards[0];
  if (first === undefined) throw new ShardError('expected at least one shard');
  const { experiment, shard } = first.shard;
  const files = new Map<number, string>();
  for (const { name, shard: other } of shards) {
    const differs = difference(first.shard, other);
    if (differs !== null)
      throw new ShardError(`${name}: not of the same experiment as ${first.name}: ${differs}`);
    const earlier = files.get(other.shard.index);
    if (earlier !== undefined)
      throw new ShardError(
        `${name}: shard ${other.shard.index} of ${shard.of} is there already, in ${earlier}`,
      );
    files.set(other.shard.index, name);
  }
  const missing = Array.from({ length: shard.of }, (_, i) => i + 1).filter((index) => !files.has(index));
  if (missing.length > 0) {
    const named = missing.slice(0, 10).join(', ') + (missing.length > 10 ? ', …' : '');
    throw new ShardError(`shard ${named} of ${shard.of} is missing`);
  }
  const { policies, ...facts } = experiment;
  return documentFrom(facts, policies, inOrder(shards, experiment));
}

function inOrder(
  shards: readonly { readonly name: string; readonly shard: ShardDocument }[],
  { policies, sweeps, seeds }: ShardDocument['experiment'],
): CellResult[] {
  const total = sweeps.reduce(
    (product, { values }) => product * values.length,
    policies.length * seeds.length,
  );
  const cells = new Array<CellResult | undefined>(total).fill(undefined);
  for (const { name, shard } of shards) {
    for (const result of shard.cells) {
      const own = inShard(result.cell, shard.shard) && result.cell < total && !cells[result.cell];
      if (!own)
        throw new ShardError(`${name}: run ${result.cell} is none of this shard's, or is there twice`);
      cells[result.cell] = result;
    }
  }
  const lost = cells.indexOf(undefined);
  if (lost < 0) return cells as CellResult[];
  const { name } = shards.find(({ shard }) => inShard(lost, shard.shard))!;
  throw new ShardError(`${name}: run ${lost} is missing: was the shard cut off?`);
}

/** What tells two shards' experiments apart; null where nothing does. */
function difference(a: ShardDocument, b: ShardDocument): string | null {
  if (a.shard.of !== b.shard.of) return `of ${b.shard.of} shards, expected of ${a.shard.of}`;
  if (b.shard.index > b.shard.of) return `shard ${b.shard.index} of ${b.shard.of}`;
  const [ours, theirs] = [a.experiment, b.experiment];
  for (const key of Object.keys(ours) as (keyof typeof ours)[]) {
    if (JSON.stringify(ours[key]) !== JSON.stringify(theirs[key])) return `${key} differs`;
  }
  return null;
}
