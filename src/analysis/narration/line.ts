/** A line of narration, and the length it keeps to. */

/** One line of narration: at most 64 characters, the rule behind it, and the kernel function. */
export interface Line {
  readonly text: string;
  readonly rule: string;
  readonly fn: string;
}

/** Characters a line may have. */
export const LINE_LENGTH = 64;

/** What is said of one thing: the rule behind it, the kernel function, and the sentence, longest form first. */
export interface Saying {
  readonly rule: string;
  readonly fn: string;
  readonly texts: readonly string[];
}

/** The longest of the forms that fits; the last form is cut where even that is too long. */
export function toLine({ rule, fn, texts }: Saying): Line {
  const text = texts.find((form) => form.length <= LINE_LENGTH);
  return { text: text ?? `${texts[texts.length - 1]!.slice(0, LINE_LENGTH - 1)}…`, rule, fn };
}
