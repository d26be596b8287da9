/** Experiments on the engine: what is run, whether every arm can be, and one run: the same as `order0 run` makes. */
import { obtainableShares } from '../analysis/obtainable-shares.ts';
import { summarise } from '../analysis/summary.ts';
import { applyOperation } from '../engine/apply.ts';
import { bootMachine } from '../engine/boot.ts';
import { type Machine, stateHash } from '../engine/machine.ts';
import { AVAILABLE_POLICIES } from '../engine/policy/table.ts';
import type { CellResult } from '../experiment/document.ts';
import {
  armsOf,
  armText,
  type Cell,
  cellsOf,
  type Experiment,
  type Subject,
  setsOfArm,
} from '../experiment/experiment.ts';
import { type Figures, figuresOf } from '../experiment/figures.ts';
import { standingEdits } from '../history/standing.ts';
import type { LinkState } from '../scenario/links/link.ts';
import type { PresetText } from '../scenario/presets.ts';
import type { Scenario } from '../scenario/schema.ts';
import { applySets } from '../scenario/set.ts';
import { type Warning, warningText } from '../scenario/warning.ts';
import { readLink } from './links.ts';
import { InputError, inputError } from './problems.ts';
import type { Source } from './protocol.ts';
import { needOf } from './recording-need.ts';
import { editsOf, type Session } from './session.ts';
import { checkedScenario, editedOperations, prepare, presetText } from './sources.ts';

/** A subject, its scenario, and the link it came by. */
export interface OpenedSubject {
  readonly subject: Subject;
  readonly scenario: Scenario;
  readonly link: LinkState | null;
}

/** @throws InputError for a bad scenario or link, and for one of a recording */
export function openSubject(source: Source, presets: readonly PresetText[]): OpenedSubject {
  const link = source.kind === 'link' ? readLink(source.url, presets).link : null;
  const preset = source.kind === 'preset' ? source.id : (link?.preset ?? null);
  const own = source.kind === 'text' ? source.text : (link?.text ?? '');
  const name = source.kind === 'text' ? source.name : preset === null ? 'link' : `${preset}.yaml`;
  const text = preset === null ? own : presetText(preset, presets);
  const scenario = checkedScenario(text, name);
  if (source.kind === 'recording' || needOf(scenario) !== null) {
    throw inputError(`${name}: a recording, expected a scenario whose workload follows its seed`);
  }
  return { subject: { preset, title: scenario.title, text, edits: link?.edits ?? [] }, scenario, link };
}

/** What is open on the page, as a subject; the same as its link's. @throws InputError for a recording */
export function subjectOf(session: Session): Subject {
  const { presetId: preset, title, text, recording } = session.prepared;
  if (recording !== null) {
    throw inputError('a recording is open, expected a scenario whose workload follows its seed');
  }
  return { preset, title, text, edits: standingEdits(editsOf(session)) };
}

/**
 * Looks at every arm before anything is run.
 * @returns what is worth saying, each thing once
 * @throws InputError where an arm's policy or fields cannot be
 */
export function checkArms({ subject, choice }: Experiment): Warning[] {
  const scenario = checkedScenario(subject.text, subject.title);
  const warnings = new Map<string, Warning>();
  for (const arm of armsOf(choice)) {
    if (!AVAILABLE_POLICIES.includes(arm.policy)) {
      throw inputError(`policy ${arm.policy} is not built yet, expected ${AVAILABLE_POLICIES.join(' or ')}`);
    }
    const sets = [...choice.sets, ...setsOfArm(arm), `policy.name=${arm.policy}`];
    const changed = applySets(scenario, sets);
    if (!changed.ok) {
      throw new InputError(
        changed.problems.map(({ message }) => ({ message: `${armText(arm)}: ${message}` })),
      );
    }
    for (const warning of changed.warnings) warnings.set(warningText(warning), warning);
  }
  return [...warnings.values()];
}

/** Runs one cell. @throws InputError with the cell's arm and seed where it cannot be run */
export function runCell({ subject, choice }: Experiment, index: number): CellResult {
  const cell = cellsOf(choice)[index];
  if (cell === undefined) throw inputError(`run ${index}: the experiment has no such run`);
  try {
    return figuresAtEnd(subject, cell);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const where = `${armText(cell.arm)}, seed ${cell.seed}`;
    throw new InputError(error.problems.map(({ message }) => ({ message: `${where}: ${message}` })));
  }
}

function figuresAtEnd(subject: Subject, { index, arm, seed, sets }: Cell): CellResult {
  const source: Source = { kind: 'text', name: subject.title, text: subject.text };
  const prepared = prepare(source, { policy: arm.policy, seed, sets }, []);
  const log = editedOperations({ ...prepared, edits: subject.edits });
  const m = bootMachine(prepared.config);
  m.log.level = 0;
  for (let i = 0; i < log.length; i++) applyOperation(m, log, i);
  const run = summarise(m, { title: prepared.title, seed, length: log.length });
  return { cell: index, stateHash: stateHash(m), figures: { ...figuresOf(run), ...obtainableFigures(m) } };
}

/** `obtainableShare[order]`: what a run's figures do not tell. */
function obtainableFigures(m: Machine): Figures {
  return Object.fromEntries(obtainableShares(m).map((share, order) => [`obtainableShare[${order}]`, share]));
}
