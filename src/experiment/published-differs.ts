/** Why our figures differ from the originals', by experiment. The numbers are in docs/accuracy.md. */
export const DIFFERS: Readonly<Record<string, string>> = {};
