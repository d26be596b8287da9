import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAsRecorded } from '../../src/import/recording/as-recorded.ts';
import {
  createFtraceParser,
  type FtraceText,
  parseFtrace,
  printFtrace,
} from '../../src/kernel-text/ftrace.ts';
import { randomTable, rowsOf } from './random-table.ts';

const total = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);

function expectEveryLineCounted({ lines, table, noEvents, skipped }: FtraceText): void {
  expect(table.length + total(noEvents) + total(skipped)).toBe(lines);
}

describe('printed and parsed again', () => {
  it('a table keeps every row', () => {
    fc.assert(
      fc.property(randomTable, (table) => {
        const again = parseFtrace(printFtrace(table));
        expect(again.skipped).toEqual({});
        expect(rowsOf(again.table)).toEqual(rowsOf(table));
        expect(again.table.timeUnit).toBe(table.timeUnit);
        expect(again.notes.entriesWritten).toBe(table.length);
      }),
      { seed: 2003, numRuns: 300 },
    );
  });

  it('a text gives the same rows however it is cut into pieces', () => {
    fc.assert(
      fc.property(
        randomTable,
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }),
        (table, sizes) => {
          const text = printFtrace(table);
          const parser = createFtraceParser();
          for (let at = 0, i = 0; at < text.length; at += sizes[i % sizes.length]!, i++) {
            parser.push(text.slice(at, at + sizes[i % sizes.length]!));
          }
          const pieces = parser.end();
          expect(rowsOf(pieces.table)).toEqual(rowsOf(table));
          expectEveryLineCounted(pieces);
        },
      ),
      { seed: 625, numRuns: 100 },
    );
  });
});

/** What happens to text on its way through terminals, mail and clipboards. */
type Mangle = (line: string, at: number, noise: string) => string;
const MANGLES: Record<string, Mangle> = {
  truncate: (line, at) => line.slice(0, at),
  'lose the start': (line, at) => line.slice(at),
  'drop a column': (line, at) => {
    const words = line.split(' ');
    words.splice(at % words.length, 1);
    return words.join(' ');
  },
  wrap: (line, at) => `${line.slice(0, at)}\n${line.slice(at)}`,
  'insert noise': (line, at, noise) => line.slice(0, at) + noise + line.slice(at),
  overwrite: (line, at, noise) => line.slice(0, at) + noise + line.slice(at + noise.length),
  'run two together': (line) => line + line,
  'return carriage': (line) => `${line}\r`,
  delete: () => '',
};

const mangledText = fc
  .tuple(
    randomTable,
    fc.array(
      fc.tuple(
        fc.constantFrom(...Object.values(MANGLES)),
        fc.nat(),
        fc.nat({ max: 160 }),
        fc.string({ unit: fc.constantFrom(...'0x9f=:[] -\t#|pfn\u0000\u00e9'), maxLength: 12 }),
      ),
      { maxLength: 30 },
    ),
  )
  .map(([table, changes]) => {
    const lines = printFtrace(table).split('\n');
    for (const [mangle, where, at, noise] of changes) {
      const i = where % lines.length;
      lines[i] = mangle(lines[i]!, Math.min(at, lines[i]!.length), noise);
    }
    return lines.join('\n');
  });

describe('mangled text', () => {
  it('never throws, and every line is an event, no event, or skipped for a reason', () => {
    fc.assert(
      fc.property(mangledText, (text) => {
        const result = parseFtrace(text);
        const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
        expect(result.lines).toBe(lines);
        expectEveryLineCounted(result);
      }),
      { seed: 29, numRuns: 500 },
    );
  });

  it('replays as far as it can be read: each row is used or left aside for a reason', () => {
    fc.assert(
      fc.property(mangledText, (text) => {
        const { table } = parseFtrace(text);
        const replay = createAsRecorded(table, { maxPages: 2 ** 18 });
        replay.advance();
        expect(replay.used + total(replay.skipped)).toBe(table.length);
      }),
      { seed: 30, numRuns: 100 },
    );
  });
});
