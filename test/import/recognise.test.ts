/** What a file seems to be by its first bytes. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEAD_BYTES, recognise } from '../../src/import/recognise.ts';
import { ownBytes } from './real-folder.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const FTRACE = '   a-1 [000] d..1. 1.000001: mm_page_free: page=00000000c0ffee01 pfn=0x2e40 order=1\n';

describe('the first bytes', () => {
  it.each([
    ['', 'empty', false],
    [' \n\n', 'empty', false],
    ['#v=1&preset=one-slab', 'link', true],
    ['# mine\norder0: 1\n', 'scenario', true],
    ['{"order0": 1}', 'scenario', true],
    [FTRACE, 'ftrace', true],
    ['# tracer: nop\n#\n', 'ftrace', true],
    ['# tracer: nop\n#\n# nop latency trace v1.1.5 on 6.1\n', 'option', false],
    ['# tracer: nop\n#\n12 0 1000 type: 412\n', 'option', false],
    ['# tracer: nop\n#\n\x0c\0\0\0\0\0\0\0type: 412\n', 'option', false],
    ['mm_page_free: page=1 pfn=0x8 order=0\n', 'option', false],
    ['cpus=2\n  sh-3 [001] 17.306881: mm_page_alloc:  page=0x1 pfn=0x1\n', 'trace-cmd', true],
    ['sh 364 [001] 17.306881: kmem:mm_page_alloc: page=0x1 pfn=0x1\n', 'perf', true],
    ['<!DOCTYPE html>\n<html>', 'html', false],
    ['Node 0, zone   DMA  1 0 1\n', 'proc', false],
    ['roses are red\n', 'text', false],
    ['PERFILE2 and more', 'binary', false],
    ['\0\x01\x02\x03\0\0', 'binary', false],
  ])('%j: %s', (text, kind, opens) => {
    expect(recognise(bytes(text))).toMatchObject({ kind, opens });
  });

  it('are looked at inside of gzip, also where it is cut', () => {
    const packed = gzipSync(FTRACE.repeat(5000));
    expect(recognise(packed)).toEqual({
      kind: 'ftrace',
      words: 'an ftrace recording, compressed by gzip',
      opens: true,
    });
    expect(recognise(ownBytes('public/traces/G-smp.txt.gz').subarray(0, HEAD_BYTES)).kind).toBe('ftrace');
  });

  it('never make it fail', () => {
    const heads = fc.oneof(
      fc.uint8Array(),
      fc.string().map(bytes),
      fc.uint8Array().map((data) => gzipSync(data)),
    );
    fc.assert(fc.property(heads, (head) => recognise(head).words.length > 0));
  });
});
