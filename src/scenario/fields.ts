/**
 * Leaf schemas of the scenario file. Every message is the second half of "expected …", and every field has a
 * description, which the editor shows on hover.
 */
import * as v from 'valibot';

/** Largest machine: 4 Mi page frames, 16 GiB. */
export const MOST_PAGES = 4_194_304;
/** Largest operation list a scenario may ask for. */
export const MOST_STEPS = 8_388_608;

/** An integer between two bounds, both allowed. */
export function int(low: number, high: number, description: string) {
  return intSaying(low, high, `an integer from ${low} to ${high}`, description);
}

/** The same with its own words for what is expected. */
export function intSaying(low: number, high: number, message: string, description: string) {
  return v.pipe(
    v.number(message),
    v.integer(message),
    v.minValue(low, message),
    v.maxValue(high, message),
    v.description(description),
  );
}

/** A number between two bounds, both allowed. */
export function num(low: number, high: number, description: string) {
  const message = `a number from ${low} to ${high}`;
  return v.pipe(
    v.number(message),
    v.minValue(low, message),
    v.maxValue(high, message),
    v.description(description),
  );
}

/** A share: 0 to 1. */
export function share(description: string) {
  return num(0, 1, description);
}

const SIZE = 'a share of memory below 1, or a whole number of pages';

function plainSize() {
  return v.pipe(
    v.number(SIZE),
    v.minValue(0, SIZE),
    v.maxValue(MOST_PAGES, SIZE),
    v.check((value) => value < 1 || Number.isInteger(value), SIZE),
  );
}

/** An amount of memory: below 1 a share of the machine, else pages. */
export function size(description: string) {
  return v.pipe(plainSize(), v.description(`${description} Below 1: a share of memory; else pages.`));
}

/** One size, or [smallest, largest] to draw from. */
export function sizeRange(description: string) {
  const message = `${SIZE}, or a list of two of them`;
  return v.pipe(
    v.union([plainSize(), v.strictTuple([plainSize(), plainSize()], message)], message),
    v.description(
      `${description} Below 1: a share of memory; else pages; [smallest, largest] is drawn from evenly.`,
    ),
  );
}

/** A number of steps of the workload: below 1 a share of its length, else operations. */
export function moment(description: string) {
  const message = "a share of the workload's steps below 1, or a whole number of steps";
  return v.pipe(
    v.number(message),
    v.minValue(0, message),
    v.maxValue(MOST_STEPS, message),
    v.check((value) => value < 1 || Number.isInteger(value), message),
    v.description(`${description} Below 1: a share of the workload's steps; else steps.`),
  );
}

/** A step: a number, or counted from the end of the workload. */
export function position(description: string) {
  const message = "a step number, 'workload', 'workload+N' or 'end'";
  return v.pipe(
    v.union(
      [
        intSaying(0, MOST_STEPS, message, ''),
        v.pipe(v.string(message), v.regex(/^(workload(\+\d{1,7})?|end)$/, message)),
      ],
      message,
    ),
    v.description(
      `${description} A step number; 'workload' is the step after the generated workload, 'workload+1' the first of \`steps\` applied, 'end' the last.`,
    ),
  );
}

/** One of a few words. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T, description: string) {
  return v.pipe(v.picklist(words, `one of ${words.join(', ')}`), v.description(description));
}

export function flag(description: string) {
  return v.pipe(v.boolean('true or false'), v.description(description));
}

/** A text of some length that is not empty. */
export function text(most: number, description: string) {
  const message = `a text of 1 to ${most} characters`;
  return v.pipe(
    v.string(message),
    v.minLength(1, message),
    v.maxLength(most, message),
    v.description(description),
  );
}
