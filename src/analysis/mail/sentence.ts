/** A sentence of the mail, with its claim and the scenes that show it. */
import type { ClaimId } from './claims.ts';
import type { Scene } from './scene.ts';

export interface Sentence {
  readonly id: string;
  /** As it stands in the mail, line breaks apart. */
  readonly text: string;
  /** How it begins: a paragraph, an item of a list, or in the run of the paragraph before. */
  readonly starts: 'paragraph' | 'item' | 'run';
  readonly claim: ClaimId;
  readonly scenes: readonly Scene[];
}
