import { gzipSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { binaryAdvice } from '../../src/import/binary.ts';
import { type InflateLimits, inflateText } from '../../src/import/gzip.ts';

function read(bytes: Uint8Array, limits?: InflateLimits) {
  let text = '';
  const result = inflateText(
    bytes,
    (chunk) => {
      text += chunk;
      return true;
    },
    limits,
  );
  return { text, ...result };
}

/** Lines that do not compress to nothing, with characters of two, three and four bytes. */
const TEXT = Array.from({ length: 20000 }, (_, i) => `${(i * 2654435761) % 4294967296} Grüße – 🧩\n`).join(
  '',
);

describe('inflateText', () => {
  it('passes plain text through, multi-byte characters across pieces too', () => {
    expect(read(strToU8(TEXT))).toEqual({
      text: TEXT,
      compressed: false,
      textBytes: strToU8(TEXT).length,
      complete: true,
      warnings: [],
    });
  });

  it('finds gzip by content', () => {
    const result = read(gzipSync(strToU8(TEXT)));
    expect(result.text === TEXT).toBe(true);
    expect(result).toMatchObject({ compressed: true, complete: true, warnings: [] });
  });

  it('reads gzip members one after the other', () => {
    const two = [...gzipSync(strToU8('one\n')), ...gzipSync(strToU8('two\n'))];
    expect(read(Uint8Array.from(two))).toMatchObject({ text: 'one\ntwo\n', complete: true });
  });

  it('gives what it could read of a cut gzip, and a warning', () => {
    const whole = gzipSync(strToU8(TEXT));
    const cut = read(whole.subarray(0, whole.length >> 1));
    expect(cut.text.length).toBeGreaterThan(TEXT.length / 4);
    expect(TEXT.startsWith(cut.text.slice(0, -1))).toBe(true);
    expect(cut.complete).toBe(false);
    expect(cut.warnings).toHaveLength(1);
  });

  it('tells by the checksum that letters changed', () => {
    const stored = gzipSync(strToU8(TEXT), { level: 0 });
    const at = stored.length >> 1;
    stored[at] = stored[at]! ^ 1;
    const result = read(stored);
    expect(result.textBytes).toBe(strToU8(TEXT).length);
    expect(result.complete).toBe(false);
    expect(result.warnings).toEqual([expect.stringContaining('checksum')]);
  });

  it('gives a warning for a damaged gzip', () => {
    const damaged = gzipSync(strToU8(TEXT)).fill(0xff, 5000, 5200);
    const result = read(damaged);
    expect(result.complete).toBe(false);
    expect(result.warnings[0]).toContain('gzip');
  });

  it('stops at the size cap', () => {
    const result = read(gzipSync(strToU8(TEXT)), { maxTextBytes: 1000 });
    expect(result).toMatchObject({ textBytes: 1000, complete: false });
    expect(result.warnings[0]).toContain('1000 bytes');
  });

  it('stops early in a gzip that grows a thousandfold', () => {
    const bomb = gzipSync(new Uint8Array(50_000_000).fill(10));
    const result = read(bomb, { maxTextBytes: 100_000 });
    expect(result.text).toBe('\n'.repeat(100_000));
    expect(result.complete).toBe(false);
  });

  it('stops when the receiver has enough', () => {
    let pieces = 0;
    const result = inflateText(strToU8(TEXT), () => {
      pieces++;
      return false;
    });
    expect(pieces).toBe(1);
    expect(result).toMatchObject({ complete: false, warnings: [] });
  });

  it('takes an empty file', () => {
    expect(read(new Uint8Array(0))).toMatchObject({ text: '', complete: true, warnings: [] });
  });
});

describe('binaryAdvice', () => {
  it('names the tool that prints a binary recording, and lets text and gzip pass', () => {
    expect(binaryAdvice(strToU8('\u0017\bDtracing7', true))).toContain('trace-cmd report');
    expect(binaryAdvice(strToU8('PERFILE2....'))).toContain('perf script');
    expect(binaryAdvice(strToU8('# tracer: nop'))).toBeNull();
    expect(binaryAdvice(gzipSync(strToU8('# tracer: nop')))).toBeNull();
  });
});
