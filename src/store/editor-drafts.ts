/**
 * Where an unsaved scenario text outlives a reload: in the tab's own storage, and for a tab opened later in the one all
 * tabs share; or nowhere where both are refused or full.
 */

export interface Draft {
  readonly text: string;
  /** Title of what it was begun from. */
  readonly of: string;
}

export interface Drafts {
  read(): Draft | null;
  /** Null forgets it. False where the draft will not outlive the page as it is. */
  write(draft: Draft | null): boolean;
}

type Keeper = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Asks for a storage, which itself may throw in private windows and sandboxed frames. */
export interface Keepers {
  readonly tab: () => Keeper;
  readonly all: () => Keeper;
}

const KEY = 'order0.draft';

export function createDrafts({ tab, all }: Keepers): Drafts {
  // A tab that has dropped its own draft keeps that too: another tab's is not its.
  const found = () => get(tab) ?? get(all);
  /** What this tab wrote last, or began with. */
  let mine = found();

  return {
    read: () => draftOf(found()),
    write: (draft) => {
      const before = mine;
      mine = JSON.stringify(draft);
      const inTab = put(tab, mine);
      if (draft === null) {
        if (!inTab) drop(tab);
        // What all tabs share is taken away only by the tab whose draft it is.
        if (get(all) === before) drop(all);
        return true;
      }
      const inAll = put(all, mine);
      // An older draft of this tab would be read before the newer one.
      if (inAll && !inTab) drop(tab);
      return inTab || inAll;
    },
  };
}

function attempt<T>(ask: () => T, otherwise: T): T {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}

const get = (keeper: () => Keeper) => attempt(() => keeper().getItem(KEY), null);
const drop = (keeper: () => Keeper) => attempt(() => keeper().removeItem(KEY), undefined);
const put = (keeper: () => Keeper, text: string) =>
  attempt(() => {
    keeper().setItem(KEY, text);
    return true;
  }, false);

function draftOf(kept: string | null): Draft | null {
  const value: unknown = attempt(() => JSON.parse(kept ?? 'null'), null);
  if (typeof value !== 'object' || value === null) return null;
  const [text, of]: unknown[] = [Reflect.get(value, 'text'), Reflect.get(value, 'of')];
  return typeof text === 'string' && typeof of === 'string' ? { text, of } : null;
}
