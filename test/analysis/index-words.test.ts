import { describe, expect, it } from 'vitest';
import { indexWords } from '../../src/analysis/index-words.ts';
import { explainOrder } from '../../src/analysis/why.ts';
import { build } from './inspect/build.ts';

describe('what the fragmentation index says', () => {
  it('never denies a lack of memory that the watermark found', () => {
    expect(indexWords(920, true)).toBe('fragmentation, not lack of memory');
    expect(indexWords(920, false)).not.toContain('not lack of memory');
    expect(indexWords(920, false)).toContain('min mark');
  });

  it('says where it leans to lack of memory that the watermark did not find', () => {
    expect(indexWords(120, false)).toBe('lack of memory, more than fragmentation');
    expect(indexWords(120, true)).toContain('although the min mark is met');
    expect(indexWords(-1000, true)).toBe('a block is there');
  });

  it('stands in the report beside a watermark that says how much is missing', () => {
    const m = build([]);
    const asked = explainOrder(m, m.config.maxOrder, 0);
    const [memory] = asked.tree;
    expect(asked.indexText).toBe(indexWords(asked.fragIndex, memory?.tone === 'yes'));
    const free = Number(/has ([\d,]+) free/.exec(memory!.detail)![1]!.replace(',', ''));
    const [mark, wanted] = /asks for ([\d,]+), plus the ([\d,]+)/
      .exec(memory!.detail)!
      .slice(1)
      .map((n) => Number(n.replace(',', '')));
    const missing = mark! + wanted! - free;
    if (memory!.tone === 'no') expect(memory!.detail).toContain(`: ${missing} too few.`);
    else expect(missing).toBeLessThanOrEqual(0);
  });
});
