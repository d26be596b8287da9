/** A file known again by its bytes: what a link to a recording carries beside the name. */
import { addWords, emptyHash, hashText } from './hash64.ts';

/** Bytes hashed between two pauses: some tens of milliseconds. */
const STEP_BYTES = 1_048_576;

/**
 * 16 hex digits: the sum hash of src/base/hash64.ts over the bytes as they lie on disk (compressed files too) and
 * over their number, so that zeros at the end count. The same on every host; it tells files apart by accident, not
 * against intent.
 */
export function fileHash(bytes: Uint8Array): string {
  const steps = fileHashSteps(bytes);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps: yields how many bytes have been hashed. */
export function* fileHashSteps(bytes: Uint8Array): Generator<number, string> {
  const hash = emptyHash();
  for (let at = 0; at < bytes.length; at += STEP_BYTES) {
    const end = Math.min(at + STEP_BYTES, bytes.length);
    addWords(hash, 1, bytes, at, end - at);
    yield end;
  }
  addWords(hash, 2, Uint32Array.of(bytes.length), 0, 1);
  return hashText(hash);
}
