/** Where an unsaved scenario text outlives a reload: the browser's storage, or nowhere where that is refused. */

export interface Draft {
  readonly text: string;
  /** Title of what it was begun from. */
  readonly of: string;
}

export interface Drafts {
  read(): Draft | null;
  /** Null forgets it. */
  write(draft: Draft | null): void;
}

const KEY = 'order0.draft';

/** @param storage asks for the storage, which itself may throw in private windows and sandboxed frames */
export function createDrafts(storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): Drafts {
  return {
    read: () => {
      try {
        const kept: unknown = JSON.parse(storage().getItem(KEY) ?? 'null');
        return isDraft(kept) ? { text: kept.text, of: kept.of } : null;
      } catch {
        return null;
      }
    },
    write: (draft) => {
      try {
        if (draft === null) storage().removeItem(KEY);
        else storage().setItem(KEY, JSON.stringify(draft));
      } catch {
        // Refused or full: the draft then lasts as long as the page.
      }
    },
  };
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false;
  return typeof Reflect.get(value, 'text') === 'string' && typeof Reflect.get(value, 'of') === 'string';
}
