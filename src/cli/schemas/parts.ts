/** Pieces of the published schemas. */
import * as v from 'valibot';

/** A text. */
export const text = (what: string) => v.pipe(v.string(), v.description(what));

/** A whole number of at least 0. */
export const countOf = (what: string) => v.pipe(v.number(), v.integer(), v.minValue(0), v.description(what));

/** An index in thousandths, as the kernel's integers. */
export const index = v.pipe(v.number(), v.integer(), v.minValue(-1000), v.maxValue(1000));

/** A list of such values. */
export function list<const T extends v.GenericSchema>(item: T, what: string) {
  return v.pipe(v.array(item), v.description(what));
}
