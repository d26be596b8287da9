/** Whatever can be opened, made ready to run: presets, scenario texts, links, recordings. */
import type { MachineConfig, PolicyId } from '../engine/config.ts';
import { copyOperations, type OperationLog } from '../engine/operation.ts';
import { AVAILABLE_POLICIES } from '../engine/policy/table.ts';
import { type Change, editsIn, takingOut } from '../history/changes.ts';
import { applyEdit, type Edit, redoRows } from '../history/edits.ts';
import type { ExperimentChoice } from '../scenario/experiment-choice.ts';
import type { Beside, LinkPage, Edit as PersonEdit } from '../scenario/links/link.ts';
import type { Looks } from '../scenario/links/looks.ts';
import type { Selection, Zoom } from '../scenario/links/selection.ts';
import { parseScenario } from '../scenario/parse.ts';
import { findPreset, type PresetText } from '../scenario/presets.ts';
import {
  type ResolvedScenario,
  type ResolveProgress,
  resolveScenario,
  resolveSteps,
} from '../scenario/resolve.ts';
import type { Scenario } from '../scenario/schema.ts';
import { applySets } from '../scenario/set.ts';
import type { Warning } from '../scenario/warning.ts';
import { readLink } from './links.ts';
import { InputError, inputError } from './problems.ts';
import type { Opened, Position, RecordingFacts, Source } from './protocol.ts';
import { machineWarnings, needOf, type RecordedWorkload, RecordingNeeded } from './recording-need.ts';

export type { PersonEdit };

/** What replaces fields of the scenario. */
export interface Override {
  readonly policy?: PolicyId;
  readonly seed?: number;
  /** `path=value` each. */
  readonly sets?: readonly string[];
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
  /** What differs from the text. */
  readonly override: Override;
  readonly config: MachineConfig;
  readonly operations: OperationLog;
  /** What a person had done to it when a link was made of it. */
  readonly edits: readonly PersonEdit[];
  readonly openAt: Position;
  /** What the link has selected. */
  readonly select?: Selection;
  /** Where it is zoomed in to. */
  readonly zoom?: Zoom;
  /** How else it looks at it. */
  readonly looks?: Looks;
  /** The experiment the link is of. */
  readonly experiment?: ExperimentChoice;
  /** What the link has beside it. */
  readonly compare?: readonly Beside[];
  /** The page of text it opens. */
  readonly page?: LinkPage;
  /** State the link says it was made at. */
  readonly expected: { readonly engine: string; readonly hash: string } | null;
  readonly notes: Opened['notes'];
  readonly warnings: readonly Warning[];
  readonly recording: RecordingFacts | null;
}

/**
 * Makes a preset, text or link ready; recordings take longer and have their own way (recordings.ts).
 * @param recorded what was read of the recording that the scenario names
 * @throws InputError with a line for each problem; RecordingNeeded where it names a recording and none is given
 */
export function prepare(
  source: Source,
  override: Override,
  presets: readonly PresetText[],
  recorded?: RecordedWorkload,
): Prepared {
  const work = prepareSteps(source, override, presets, recorded);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** {@link prepare} in slices of a few milliseconds. */
export function* prepareSteps(
  source: Source,
  override: Override,
  presets: readonly PresetText[],
  recorded?: RecordedWorkload,
): Generator<ResolveProgress, Prepared> {
  switch (source.kind) {
    case 'preset': {
      const text = presetText(source.id, presets);
      return yield* prepareText(source, text, `${source.id}.yaml`, override, source.id, recorded);
    }
    case 'text':
      return yield* prepareText(source, source.text, source.name, override, null, recorded);
    case 'link':
      return yield* prepareLink(source, source.url, override, presets, recorded);
    case 'recording':
      throw inputError(`${source.name}: a recording, expected a preset, a scenario or a link`);
  }
}

/** @throws InputError for an id that no preset has */
export function presetText(id: string, presets: readonly PresetText[]): string {
  const preset = findPreset(presets, id);
  if (preset) return preset.text;
  throw inputError(`no preset is called "${id}", expected one of ${presets.map((p) => p.id).join(', ')}`);
}

/** A scenario text, checked. @throws InputError with line and column of each problem */
export function checkedScenario(text: string, name: string): Scenario {
  const parsed = parseScenario(text);
  if (!parsed.ok) throw new InputError(parsed.problems, name);
  return parsed.scenario;
}

function* prepareText(
  source: Source,
  text: string,
  name: string,
  override: Override,
  presetId: string | null,
  recorded: RecordedWorkload | undefined,
): Generator<ResolveProgress, Prepared> {
  const scenario = overridden(checkedScenario(text, name), override, name);
  const resolved = yield* resolve(scenario, name, recorded);
  const { title, summary, config, operations, openAt, notes, warnings } = resolved;
  if (!AVAILABLE_POLICIES.includes(config.policy.name)) {
    throw inputError(
      `policy ${config.policy.name} is not built yet, expected ${AVAILABLE_POLICIES.join(' or ')}`,
    );
  }
  return {
    source,
    title,
    summary,
    presetId,
    text,
    seed: scenario.seed,
    override,
    config,
    operations,
    edits: [],
    openAt,
    expected: null,
    notes,
    warnings,
    recording: recorded?.facts ?? null,
  };
}

function* prepareLink(
  source: Source,
  url: string,
  override: Override,
  presets: readonly PresetText[],
  recorded: RecordedWorkload | undefined,
): Generator<ResolveProgress, Prepared> {
  const { link, warnings } = readLink(url, presets);
  const own: Override = {
    ...(link.policy === undefined ? {} : { policy: link.policy }),
    ...(link.seed === undefined ? {} : { seed: link.seed }),
  };
  const id = link.preset ?? null;
  const text = id === null ? (link.text ?? '') : presetText(id, presets);
  const name = id === null ? 'link' : `${id}.yaml`;
  const prepared = yield* prepareText(source, text, name, { ...own, ...override }, id, recorded);
  const { edits = [], step, event = 0, select, zoom, compare, experiment, page, engine = '', hash } = link;
  const { layout, kind, overlay, view } = link;
  return {
    ...prepared,
    edits,
    openAt: step === undefined ? prepared.openAt : { step, event },
    ...(select === undefined ? {} : { select }),
    ...(zoom === undefined ? {} : { zoom }),
    looks: {
      ...(layout === undefined ? {} : { layout }),
      ...(kind === undefined ? {} : { kind }),
      ...(overlay === undefined ? {} : { overlay }),
      ...(view === undefined ? {} : { view }),
    },
    ...(experiment === undefined ? {} : { experiment }),
    ...(compare === undefined ? {} : { compare }),
    ...(page === undefined ? {} : { page }),
    expected: hash === undefined ? null : { engine, hash },
    warnings: [...warnings, ...prepared.warnings],
  };
}

function overridden(scenario: Scenario, { policy, seed, sets = [] }: Override, name: string): Scenario {
  const all = [
    ...sets,
    ...(policy === undefined ? [] : [`policy.name=${policy}`]),
    ...(seed === undefined ? [] : [`seed=${seed}`]),
  ];
  if (all.length === 0) return scenario;
  const changed = applySets(scenario, all);
  if (!changed.ok) throw new InputError(changed.problems, name);
  return changed.scenario;
}

/** A recording's machine is its own: only policy, seed, steps and notes are the scenario's. */
function* resolve(
  scenario: Scenario,
  name: string,
  recorded: RecordedWorkload | undefined,
): Generator<ResolveProgress, ResolvedScenario> {
  const need = needOf(scenario);
  if (need !== null && recorded === undefined) throw new RecordingNeeded(need, scenario);
  try {
    if (recorded === undefined) return yield* resolveSteps(scenario);
    const resolved = resolveScenario(scenario, { operations: recorded.operations });
    return {
      ...resolved,
      config: recorded.config,
      summary: resolved.summary || recorded.summary,
      openAt: scenario.openAt === undefined ? { step: recorded.openAt, event: 0 } : resolved.openAt,
      notes: [...recorded.notes, ...resolved.notes].sort((a, b) => a.step - b.step),
      warnings: [...recorded.warnings, ...machineWarnings(scenario, recorded), ...resolved.warnings],
    };
  } catch (error) {
    throw new InputError([{ message: error instanceof Error ? error.message : String(error) }], name);
  }
}

/**
 * Makes changes on a log, in order.
 * @param base the log without any change
 * @returns the way back of each
 * @throws InputError for an edit beyond the end, or the taking out of one that is not there
 */
export function applyChanges(
  operations: OperationLog,
  base: OperationLog,
  changes: readonly Change[],
): Edit[] {
  const done: Edit[] = [];
  for (const change of changes) {
    if ('takeOut' in change) {
      const edit = takingOut(operations, base, done, numberOfEdit(done, change.takeOut));
      redoRows(operations, edit);
      done.push(edit);
    } else {
      const { at, operation, keep = false } = change;
      if (at > operations.length) {
        throw inputError(`an edit is at step ${at}, and the scenario has ${operations.length} steps`);
      }
      done.push(applyEdit(operations, at, operation, keep));
    }
  }
  return done;
}

/** @throws InputError where there is no edit of that number */
export function numberOfEdit(done: readonly Edit[], index: number): number {
  const { length } = editsIn(done);
  if (Number.isInteger(index) && index >= 0 && index < length) return index;
  throw inputError(`there is no edit ${index}, expected a whole number from 0 to ${length - 1}`);
}

/** The operations with the edits of a link in place. */
export function editedOperations({ operations, edits }: Prepared): OperationLog {
  const log = copyOperations(operations);
  applyChanges(log, operations, edits);
  return log;
}
