import type { FieldPath } from '../../scenario/edit-text.ts';

/** The value at a path of plain data; undefined where there is none. */
export function valueAt(data: unknown, path: FieldPath): unknown {
  let at = data;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}
