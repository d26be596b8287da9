/** The SCENARIO argument: a file, `preset:ID` or a share link, with the options that change it. */
import { existsSync, readFileSync } from 'node:fs';
import { applyOperation } from '../engine/apply.ts';
import { bootMachine } from '../engine/boot.ts';
import { type MachineConfig, POLICY_IDS } from '../engine/config.ts';
import type { Machine } from '../engine/machine.ts';
import type { OperationLog } from '../engine/operation.ts';
import { AVAILABLE_POLICIES } from '../engine/policy/table.ts';
import { warningText } from '../scenario/warning.ts';
import { inputError } from '../worker/problems.ts';
import type { RecordingNeed, Source } from '../worker/protocol.ts';
import { RecordingNeeded } from '../worker/recording-need.ts';
import { editedOperations, type Override, type Prepared, prepare } from '../worker/sources.ts';
import type { Io } from './io.ts';
import { UsageError } from './io.ts';
import { oneOf, required, wholeNumber } from './options.ts';
import { readPresetFiles } from './preset-files.ts';

/** Options of every command that runs a scenario. */
export const SCENARIO_OPTIONS = {
  policy: { type: 'string' },
  seed: { type: 'string' },
  set: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

export const SCENARIO_USAGE = 'SCENARIO [--policy P] [--seed N] [--set KEY=VALUE]...';

interface ScenarioValues {
  readonly policy?: string | undefined;
  readonly seed?: string | undefined;
  readonly set?: string[] | undefined;
}

/** A scenario ready to run, and the operations it has with a link's edits in place. */
export interface ScenarioInput extends Prepared {
  readonly log: OperationLog;
}

/** Reads the scenario; its warnings go to stderr. @throws InputError for a bad scenario, UsageError for a bad option */
export function readScenario(argument: string | undefined, values: ScenarioValues, io: Io): ScenarioInput {
  const source = sourceOf(required(argument, 'SCENARIO'));
  const prepared = preparedFor(argument ?? '', source, overrideOf(values));
  for (const warning of prepared.warnings) io.err(`warning: ${warningText(warning)}`);
  return { ...prepared, log: editedOperations(prepared) };
}

/** A recording's file is not in a scenario or link that names it. */
function preparedFor(argument: string, source: Source, override: Override): Prepared {
  try {
    return prepare(source, override, readPresetFiles());
  } catch (error) {
    if (!(error instanceof RecordingNeeded)) throw error;
    const what = source.kind === 'link' ? 'the link' : argument;
    throw inputError(recordingLine(what, error.need));
  }
}

/** What to do with a scenario or link of a recording. */
export function recordingLine(what: string, { recording, hash }: RecordingNeed): string {
  const known = hash === null ? '' : ` (hash ${hash})`;
  return `${what} is of the recording ${recording}${known}, whose file is needed: order0 replay FILE`;
}

/** A link has a fragment that names its version. */
export function isLink(argument: string): boolean {
  return /#(?:.*&)?v=\d/.test(argument);
}

/** The SCENARIO argument as what it names. @throws InputError for a file that cannot be read */
export function sourceOf(argument: string): Source {
  if (argument.startsWith('preset:')) return { kind: 'preset', id: argument.slice('preset:'.length) };
  if (isLink(argument)) return { kind: 'link', url: argument };
  return { kind: 'text', name: argument, text: readText(argument) };
}

/** A text file. @throws InputError when it cannot be read */
export function readText(path: string): string {
  return new TextDecoder().decode(readBytes(path));
}

/** The file `-` is standard input. */
const STDIN = 0;

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EISDIR: 'is a folder, expected a file',
  EACCES: 'may not be read: no permission',
  ELOOP: 'is a link that leads back to itself',
};

/** A path as one line. */
function pathShown(path: string): string {
  return /[\p{Cc}]/u.test(path) ? JSON.stringify(path) : path;
}

/** A file's bytes. @throws InputError when it cannot be read */
export function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path === '-' ? STDIN : path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw inputError(
      `${pathShown(path)}: ${UNREADABLE[code ?? ''] ?? `cannot be read (${code ?? 'unknown'})`}`,
    );
  }
}

/** Whether there is a file of that name. */
export function fileExists(path: string): boolean {
  return existsSync(path);
}

/** Policy, seed and fields that the options replace. @throws UsageError for a value that is none */
export function overrideOf(values: Pick<ScenarioValues, 'policy' | 'seed' | 'set'>): Override {
  const policy = values.policy === undefined ? undefined : oneOf(values.policy, '--policy', POLICY_IDS);
  if (policy !== undefined && !AVAILABLE_POLICIES.includes(policy)) {
    throw new UsageError(`--policy: ${policy} is not built yet, expected ${AVAILABLE_POLICIES.join(' or ')}`);
  }
  return {
    ...(policy === undefined ? {} : { policy }),
    ...(values.seed === undefined ? {} : { seed: wholeNumber(values.seed, '--seed') }),
    sets: values.set ?? [],
  };
}

/** A step of the scenario, as an option gives it. */
export function stepOption(text: string, option: string, log: OperationLog): number {
  const step = wholeNumber(text, option);
  if (step <= log.length) return step;
  throw new UsageError(`${option}: the scenario has ${log.length} steps, met ${text}`);
}

/** The machine after the first `steps` operations; its event log holds the events of the last one. */
export function runTo(config: MachineConfig, log: OperationLog, steps: number): Machine {
  const m = bootMachine(config);
  for (let i = 0; i < steps; i++) {
    m.log.level = i === steps - 1 ? 1 : 0;
    applyOperation(m, log, i);
  }
  return m;
}

/** The same, with every operation's events recorded; `see` is called after each, the machine's log still full. */
export function runRecorded(
  config: MachineConfig,
  log: OperationLog,
  steps: number,
  see: (m: Machine, step: number) => void,
): Machine {
  const m = bootMachine(config);
  m.log.level = 1;
  for (let i = 0; i < steps; i++) {
    applyOperation(m, log, i);
    see(m, i);
  }
  return m;
}
