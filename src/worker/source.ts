/** What can be opened, and what is asked for where a part of it is not at hand. */

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
