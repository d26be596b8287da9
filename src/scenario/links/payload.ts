/** Texts inside links: raw deflate, then base64url. fflate, because its bytes are the same on every host. */
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { LinkError } from './link.ts';

/** Longest encoded part of a link, in characters. */
export const MOST_ENCODED = 65_536;
/** Largest text a part may unfold to, in bytes. */
export const MOST_INFLATED = 1_048_576;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** `d.` and the text, deflated. */
export function packText(text: string): string {
  return `d.${toBase64Url(deflateSync(strToU8(text), { level: 9 }))}`;
}

/** Inverse of {@link packText}. @throws LinkError */
export function unpackText(packed: string, what: string): string {
  if (packed.length > MOST_ENCODED) {
    throw new LinkError(`${what}: expected at most ${MOST_ENCODED} characters, met ${packed.length}`);
  }
  if (!packed.startsWith('d.')) throw new LinkError(`${what}: expected compressed text after d.`);
  return decodeUtf8(inflate(fromBase64Url(packed.slice(2), what), what), what);
}

/** Inflates in pieces, so that a bomb is met before it has unfolded. */
function inflate(bytes: Uint8Array, what: string): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  const inflater = new Inflate((part, final) => {
    size += part.length;
    if (size > MOST_INFLATED) throw new LinkError(`${what}: unfolds to more than ${MOST_INFLATED} bytes`);
    parts.push(part);
    ended ||= final;
  });
  try {
    for (let start = 0; start < bytes.length; start += 1024) {
      inflater.push(bytes.subarray(start, start + 1024), start + 1024 >= bytes.length);
    }
  } catch (error) {
    if (error instanceof LinkError) throw error;
    throw new LinkError(`${what}: the compressed text is damaged or cut off`);
  }
  if (!ended) throw new LinkError(`${what}: the compressed text is damaged or cut off`);
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function decodeUtf8(bytes: Uint8Array, what: string): string {
  const text = strFromU8(bytes);
  // Damaged bytes become U+FFFD; a text that had one of its own survives the way back.
  const again = strToU8(text);
  const same = again.length === bytes.length && again.every((byte, i) => byte === bytes[i]);
  if (!same) throw new LinkError(`${what}: the text is damaged, expected UTF-8`);
  return text;
}

function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const count = Math.min(4, bytes.length - i + 1);
    for (let k = 0; k < count; k++) text += ALPHABET[(word >> (18 - 6 * k)) & 63];
  }
  return text;
}

function fromBase64Url(text: string, what: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let word = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0)
      throw new LinkError(`${what}: expected letters, digits, - and _, met ${JSON.stringify(letter)}`);
    word = ((word << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (word >> bits) & 255;
    }
  }
  return bytes.subarray(0, at);
}
