/** Files that look like recordings but have to be made into text by their own tool first. */

const SIGNATURES: { bytes: number[]; advice: string }[] = [
  {
    bytes: [0x17, 0x08, 0x44, 0x74, 0x72, 0x61, 0x63, 0x69, 0x6e, 0x67],
    advice: 'a binary trace-cmd file: print it with "trace-cmd report -i FILE > trace.txt"',
  },
  {
    bytes: [0x50, 0x45, 0x52, 0x46, 0x49, 0x4c, 0x45, 0x32],
    advice: 'a binary perf file: print it with "perf script -i FILE > trace.txt"',
  },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], advice: 'xz-compressed: unpack it with "xz -d" first' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], advice: 'zstd-compressed: unpack it with "zstd -d" first' },
  { bytes: [0x42, 0x5a, 0x68], advice: 'bzip2-compressed: unpack it with "bzip2 -d" first' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], advice: 'a zip archive: unpack it first' },
];

/** What to do with a file that is neither text nor gzip, by its first bytes; null where it may be read. */
export function binaryAdvice(bytes: Uint8Array): string | null {
  const known = SIGNATURES.find((s) => s.bytes.every((byte, i) => bytes[i] === byte));
  return known?.advice ?? null;
}
