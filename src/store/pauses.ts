/** Where the next moment of a kind is: there playing stops by itself, and there a step may lead. */
import type { MarkerKind, Position } from '../worker/protocol.ts';
import type { EnginePort } from './engine-port.ts';
import { isBefore } from './state.ts';

/**
 * The nearest moment of any of these kinds strictly after `at`, or strictly before it.
 * @returns null where there is none, or the engine does not answer
 */
export async function nearest(
  port: EnginePort,
  at: Position,
  kinds: readonly MarkerKind[],
  backwards = false,
): Promise<Position | null> {
  const asked = kinds.map((what) =>
    port.request({ type: 'find', at, what, backwards }).catch((): null => null),
  );
  const found = (await Promise.all(asked)).filter((one) => one !== null);
  const nearer = (a: Position, b: Position) => (isBefore(a, b) === backwards ? b : a);
  return found.length === 0 ? null : found.reduce(nearer);
}
