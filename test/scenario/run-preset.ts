/** Runs presets on the engine, with some of their fields set otherwise. */
import { expect } from 'vitest';
import { summarise } from '../../src/analysis/summary.ts';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { PAGE } from '../../src/engine/frames.ts';
import { checkInvariants } from '../../src/engine/invariants.ts';
import type { Machine } from '../../src/engine/machine.ts';
import { decodeOperation, type Operation } from '../../src/engine/operation.ts';
import { bundledPresets } from '../../src/scenario/bundled-presets.ts';
import { parseScenario } from '../../src/scenario/parse.ts';
import { findPreset } from '../../src/scenario/presets.ts';
import { resolveScenario } from '../../src/scenario/resolve.ts';
import { applySets } from '../../src/scenario/set.ts';

/** What is told of every operation after it was applied. */
export type Watch = (machine: Machine, step: number, operation: Operation) => void;

/**
 * The figures at the end of a preset; checks every invariant there.
 * @param sets `path=value` each, as `--set` takes them; one text of several is split at commas
 */
export function runPreset(id: string, sets = '', watch?: Watch) {
  return runText(id, presetText(id), sets, watch);
}

/** What a preset's file says. */
export const presetText = (id: string) => findPreset(bundledPresets, id)?.text ?? '';

/** As runPreset, of any scenario's text. */
export function runText(id: string, text: string, sets = '', watch?: Watch) {
  const parsed = parseScenario(text);
  if (!parsed.ok) throw new Error(`${id}: ${parsed.problems[0]!.message}`);
  const changed = applySets(parsed.scenario, sets === '' ? [] : sets.split(','));
  if (!changed.ok) throw new Error(`${id}: ${changed.problems[0]!.message}`);
  const { config, operations } = resolveScenario(changed.scenario);
  const machine = bootMachine(config);
  for (let i = 0; i < operations.length; i++) {
    applyOperation(machine, operations, i);
    watch?.(machine, i, decodeOperation(operations, i));
  }
  expect(checkInvariants(machine)).toBeNull();
  const facts = { title: id, seed: changed.scenario.seed, length: operations.length };
  return { ...summarise(machine, facts), kernelWindows: kernelWindows(machine) };
}

const KERNEL: ReadonlySet<number> = new Set([PAGE.kmalloc, PAGE.pageTable, PAGE.stack, PAGE.vmalloc]);

/** Aligned windows of a slab's size with a kernel page in them. */
function kernelWindows({ kind, config }: Machine): number {
  const windows = new Set<number>();
  for (let pfn = 0; pfn < config.pages; pfn++) {
    if (KERNEL.has(kind[pfn]!)) windows.add(pfn >> config.slabOrder);
  }
  return windows.size;
}

/** Pages of one kind. */
export const pagesOfKind = ({ kind }: Machine, wanted: number) =>
  kind.reduce((sum, one) => sum + (one === wanted ? 1 : 0), 0);
