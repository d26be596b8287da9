/** The recordings of real kernels that lie beside the page, in public/traces; a test keeps this list true to the files. */

export interface ShippedRecording {
  readonly name: string;
  readonly title: string;
  /** Address relative to the page. */
  readonly file: string;
  /** `fileHash` of its bytes. */
  readonly hash: string;
  /** `fileHash` of what it unfolds to: hosts that know .gz hand out the text instead. */
  readonly unpacked: string;
  readonly bytes: number;
  /** Page events and markers in it. */
  readonly events: number;
}

export const SHIPPED_RECORDINGS: readonly ShippedRecording[] = [
  {
    name: 'G-smp',
    title: 'A real kernel: two CPUs, 512 MiB, 95,460 events',
    file: 'traces/G-smp.txt.gz',
    hash: '4c758fc7268733d0',
    unpacked: '205b5843f79825cf',
    bytes: 977_903,
    events: 95_460,
  },
];

/**
 * The hash a recording goes by: of its file, also where a shipped one comes unpacked.
 * @param hash `fileHash` of the bytes at hand
 */
export function recordingHash(hash: string): string {
  return SHIPPED_RECORDINGS.find(({ unpacked }) => unpacked === hash)?.hash ?? hash;
}

/** The shipped recording with these bytes, or undefined. */
export function findShipped(hash: string | null): ShippedRecording | undefined {
  return SHIPPED_RECORDINGS.find((recording) => recording.hash === hash);
}
