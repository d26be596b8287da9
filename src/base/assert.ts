/**
 * Throws when an internal promise is broken. Never for bad input: doors return errors of their own.
 *
 * @param detail what was expected and which value was met; a function, so that the text is only built on failure
 */
export function assert(condition: boolean, detail: string | (() => string)): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${typeof detail === 'string' ? detail : detail()}`);
}

/** Marks a switch branch that the types say cannot be reached. */
export function unreachable(value: never): never {
  throw new Error(`assertion failed: unexpected value ${JSON.stringify(value)}`);
}
