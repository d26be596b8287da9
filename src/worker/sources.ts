/** Whatever can be opened, made ready to run: presets, scenario texts, links, recordings. */
import type { MachineConfig, PolicyId } from '../engine/config.ts';
import type { OperationLog } from '../engine/operation.ts';
import { parseScenario } from '../scenario/parse.ts';
import { resolveScenario } from '../scenario/resolve.ts';
import type { Scenario } from '../scenario/schema.ts';
import { applySets } from '../scenario/set.ts';
import { InputError, inputError } from './problems.ts';
import type { Link, Opened, Position, RecordingFacts, Source } from './protocol.ts';
import type { Session } from './session.ts';

/** What replaces a field of the scenario. */
export interface Override {
  readonly policy?: PolicyId;
  readonly seed?: number;
}

/** The text of a preset by id, null where there is none. */
export type PresetReader = (id: string) => string | null;

/** What preparing needs from outside. */
export interface PrepareTools {
  readonly readPreset: PresetReader;
}

/** A scenario ready to run. */
export interface Prepared {
  readonly source: Source;
  readonly title: string;
  readonly summary: string;
  readonly presetId: string | null;
  /** The scenario as it was written. */
  readonly text: string;
  readonly seed: number;
  readonly config: MachineConfig;
  readonly operations: OperationLog;
  readonly openAt: Position;
  readonly notes: Opened['notes'];
  readonly warnings: readonly string[];
  readonly recording: RecordingFacts | null;
}

/** @throws InputError with a line for each problem */
export async function prepare(source: Source, override: Override, tools: PrepareTools): Promise<Prepared> {
  switch (source.kind) {
    case 'preset': {
      const text = tools.readPreset(source.id);
      if (text === null) throw inputError(`no preset is called "${source.id}"`);
      return prepareText(source, text, `${source.id}.yaml`, override);
    }
    case 'text':
      return prepareText(source, source.text, source.name, override);
    case 'link':
      throw inputError('links cannot be opened yet');
    case 'recording':
      throw inputError('recordings cannot be opened yet');
  }
}

function prepareText(source: Source, text: string, name: string, override: Override): Prepared {
  const scenario = overridden(checked(parseScenario(text, name)), override);
  const resolved = resolve(scenario);
  return {
    source,
    title: resolved.title,
    summary: resolved.summary,
    presetId: source.kind === 'preset' ? source.id : null,
    text,
    seed: scenario.seed,
    config: resolved.config,
    operations: resolved.operations,
    openAt: resolved.openAt,
    notes: resolved.notes,
    warnings: resolved.warnings,
    recording: null,
  };
}

function checked(parsed: ReturnType<typeof parseScenario>): Scenario {
  if (!parsed.ok) throw new InputError(parsed.problems);
  return parsed.scenario;
}

function overridden(scenario: Scenario, { policy, seed }: Override): Scenario {
  const sets = [
    ...(policy === undefined ? [] : [`policy.name=${policy}`]),
    ...(seed === undefined ? [] : [`seed=${seed}`]),
  ];
  return sets.length === 0 ? scenario : checked(applySets(scenario, sets));
}

function resolve(scenario: Scenario): ReturnType<typeof resolveScenario> {
  try {
    return resolveScenario(scenario);
  } catch (error) {
    throw inputError(error instanceof Error ? error.message : String(error));
  }
}

/** The link of a moment of what is open. */
export function linkTo(_session: Session, _at: Position, _base: string): Link {
  throw inputError('links cannot be made yet');
}
