/** What can be opened, what is asked for where a part of it is not at hand, and how another engine opens the same. */
import type { PolicyId } from '../engine/config.ts';
import type { Edit as PersonEdit } from '../scenario/links/link.ts';

/** Where a scenario comes from. */
export type Source =
  | { readonly kind: 'preset'; readonly id: string }
  | {
      readonly kind: 'text';
      readonly name: string;
      readonly text: string;
      readonly recording?: RecordingFile;
    }
  | { readonly kind: 'link'; readonly url: string; readonly recording?: RecordingFile }
  | { readonly kind: 'recording'; readonly name: string; readonly bytes: ArrayBuffer };

/** The file of a recording, as it lies on disk. */
export interface RecordingFile {
  readonly name: string;
  readonly bytes: ArrayBuffer;
}

/** A recording that a scenario or a link names, and whose file is not at hand. */
export interface RecordingNeed {
  readonly recording: string;
  /** `fileHash` of the file's bytes; null where any file of that name will do. */
  readonly hash: string | null;
}

/** What is open as another engine can open it: an `open` request and what a person did since. */
export interface Origin {
  readonly source: Source;
  readonly policy: PolicyId;
  readonly seed: number;
  readonly edits: readonly PersonEdit[];
}
