/** Thousandths from which the index blames fragmentation rather than lack of memory. */
const EVEN = 500;

/**
 * What a fragmentation index says (Linux 6.12 mm/vmstat.c, __fragmentation_index). It weighs the free pieces against the
 * order and never looks at a watermark, so that it may seem to say the opposite of one; where it does, the words say so.
 * @param fragIndex thousandths; negative where a block is there
 * @param isAboveMark whether a zone's free pages pass the min mark with the request
 */
export function indexWords(fragIndex: number, isAboveMark: boolean): string {
  if (fragIndex < 0) return 'a block is there';
  if (fragIndex >= EVEN)
    return isAboveMark
      ? 'fragmentation, not lack of memory'
      : 'what is free lies in small pieces; the index does not count the pages that the min mark asks for';
  return isAboveMark
    ? 'lack of memory, more than fragmentation, although the min mark is met'
    : 'lack of memory, more than fragmentation';
}
