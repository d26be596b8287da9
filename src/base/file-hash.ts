/** A file known again by its bytes: what a link to a recording carries beside the name. */
import { addWords, emptyHash, hashText } from './hash64.ts';

/**
 * 16 hex digits: the sum hash of src/base/hash64.ts over the bytes as they lie on disk (compressed files too) and
 * over their number, so that zeros at the end count. The same on every host; it tells files apart by accident, not
 * against intent.
 */
export function fileHash(bytes: Uint8Array): string {
  const hash = emptyHash();
  addWords(hash, 1, bytes, 0, bytes.length);
  addWords(hash, 2, Uint32Array.of(bytes.length), 0, 1);
  return hashText(hash);
}
