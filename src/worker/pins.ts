/** The dots on the pin curve: machines run here, since the page has no engine of its own. */
import { cleanTakenWindows, kernelSharedMachine, pinnedMachine } from '../analysis/pins.ts';
import type { MachineConfig, PolicyId } from '../engine/config.ts';
import { parseScenario } from '../scenario/parse.ts';
import { resolveScenario } from '../scenario/resolve.ts';
import { inputError } from './problems.ts';
import type { PinDot } from './protocol.ts';

/** 128 MiB: 28 windows of order 10 in the nine tenths that are filled, and soon done. */
const PAGES = 32_768;
/** The orders that are counted: slabs' own, and the buddy allocator's largest. */
const ORDERS = [2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

/** @throws InputError for a share or seed that is none */
export function pinDot(share: number, seed: number): PinDot {
  if (!(share >= 0 && share <= 1)) throw inputError(`share ${share}: expected a number from 0 to 1`);
  if (!Number.isSafeInteger(seed) || seed < 0) throw inputError(`seed ${seed}: expected a whole number`);
  const scattered = pinnedMachine(configOf('buddy-2.6'), share, seed);
  const grouped = kernelSharedMachine(configOf('order0-slab'), share, seed);
  return {
    share,
    seed,
    pages: PAGES,
    counts: ORDERS.map((order) => ({
      order,
      scattered: cleanTakenWindows(scattered, order),
      grouped: cleanTakenWindows(grouped, order),
    })),
  };
}

function configOf(policy: PolicyId): MachineConfig {
  const text = `order0: 1
title: Pins
machine: { pages: ${PAGES}, zones: [{ name: Normal }], boot: 0 }
policy: { name: ${policy} }
workload: { steps: 0 }
`;
  const parsed = parseScenario(text);
  if (!parsed.ok) throw new Error(parsed.problems[0]!.message);
  return resolveScenario(parsed.scenario).config;
}
