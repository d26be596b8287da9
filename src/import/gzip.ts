/** A recording's bytes as text: gzip or plain, found by content, decoded as a stream. */
import { Gunzip } from 'fflate';
import { crc32 } from './crc32.ts';

export interface InflateLimits {
  /** Stops after this many bytes of inflated text. Default 1 GiB. */
  maxTextBytes?: number;
}

export interface InflateResult {
  compressed: boolean;
  /** Bytes of text handed out. */
  textBytes: number;
  /** False where the input broke off, was damaged, met a limit, or the receiver had enough. */
  complete: boolean;
  /** What to tell the person; empty where all went well. */
  warnings: string[];
}

/** Takes a piece of text; false: enough, read no further. */
export type TextReceiver = (chunk: string) => boolean | undefined;

/** Bytes of plain text handed out at once. */
const TEXT_STEP = 1 << 16;
/** Bytes of gzip read at once: they can become a thousand times as much text. */
const GZIP_STEP = 1 << 13;
const MAX_TEXT_BYTES = 2 ** 30;

/**
 * Hands the text to `onText` piece by piece; a receiver that returns false ends it. Never throws on damaged input:
 * what could be read has been handed out, and the result says what was wrong.
 */
export function inflateText(
  bytes: Uint8Array,
  onText: TextReceiver,
  limits: InflateLimits = {},
): InflateResult {
  const steps = inflateSteps(bytes, onText, limits);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps: yields how many of the input's bytes have been read, so that the caller may pause or stop there. */
export function* inflateSteps(
  bytes: Uint8Array,
  onText: TextReceiver,
  limits: InflateLimits = {},
): Generator<number, InflateResult> {
  const compressed = bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
  const out = new TextOut(onText, limits.maxTextBytes ?? MAX_TEXT_BYTES);
  if (compressed) yield* gunzip(bytes, out);
  else
    for (let at = 0; at < bytes.length && out.open; at += TEXT_STEP) {
      out.take(bytes.subarray(at, at + TEXT_STEP));
      yield Math.min(at + TEXT_STEP, bytes.length);
    }
  out.flush();
  return { compressed, textBytes: out.textBytes, complete: out.complete, warnings: out.warnings };
}

class TextOut {
  textBytes = 0;
  open = true;
  complete = true;
  readonly warnings: string[] = [];
  private readonly decoder = new TextDecoder('utf-8');

  constructor(
    private readonly onText: TextReceiver,
    private readonly maxTextBytes: number,
  ) {}

  take(data: Uint8Array): void {
    if (!this.open) return;
    const room = this.maxTextBytes - this.textBytes;
    const piece = data.length > room ? data.subarray(0, room) : data;
    this.textBytes += piece.length;
    const text = this.decoder.decode(piece, { stream: true });
    if (text !== '' && this.onText(text) === false) this.stop(null);
    else if (data.length > room) {
      this.stop(`text longer than ${this.maxTextBytes} bytes: the rest was not read`);
    }
  }

  stop(warning: string | null): void {
    if (!this.open) return;
    this.open = false;
    this.complete = false;
    if (warning !== null) this.warnings.push(warning);
  }

  /** The text was read to its end and is not what it was. */
  damaged(warning: string): void {
    this.complete = false;
    this.warnings.push(warning);
  }

  /** The replacement character for bytes of a cut multi-byte sequence. */
  flush(): void {
    if (!this.open) return;
    const tail = this.decoder.decode();
    if (tail !== '') this.onText(tail);
  }
}

/** CRC-32 of the text, which stands before its length at the end of a gzip file. */
function storedSum(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8, 4).getUint32(0, true);
}

function* gunzip(bytes: Uint8Array, out: TextOut): Generator<number, void> {
  let read = 0;
  let ended = false;
  let isOne = true;
  let sum = 0;
  const stream = new Gunzip((data, final) => {
    sum = crc32(sum, data);
    out.take(data);
    ended = final;
  });
  stream.onmember = () => {
    isOne = false;
  };
  try {
    while (read < bytes.length && out.open) {
      const piece = bytes.subarray(read, read + GZIP_STEP);
      read += piece.length;
      stream.push(piece, read >= bytes.length);
      yield read;
    }
    // several members have a checksum each, in places that are not told
    if (out.open && ended && isOne && sum !== storedSum(bytes)) {
      out.damaged('gzip damaged: its checksum does not fit, so some of the text may be wrong');
    }
    if (out.open && !ended) out.stop(`gzip breaks off after ${out.textBytes} bytes of text`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    out.stop(`gzip damaged or cut after ${out.textBytes} bytes of text: ${reason}`);
  }
}
