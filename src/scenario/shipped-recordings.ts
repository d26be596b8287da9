/** The recordings of real kernels that lie beside the page, in public/traces; a test keeps this list true to the files. */

export interface ShippedRecording {
  readonly name: string;
  readonly title: string;
  /** Address relative to the page. */
  readonly file: string;
  /** `fileHash` of its bytes. */
  readonly hash: string;
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
    bytes: 977_903,
    events: 95_460,
  },
];

/** The shipped recording with these bytes, or undefined. */
export function findShipped(hash: string | null): ShippedRecording | undefined {
  return SHIPPED_RECORDINGS.find((recording) => recording.hash === hash);
}
