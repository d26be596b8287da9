/** Warnings as sentences: those that say the same of several fields or policies become one. */
import type { Warning } from '../scenario/warning.ts';

/** `a`, `a and b`, `a, b and c`. */
const listed = (words: readonly string[]) =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** @param warnings as the scenario's reader gives them */
export function warningLines(warnings: readonly Warning[]): readonly string[] {
  const fieldsOf = new Map<string, string[]>();
  const others: string[] = [];
  for (const warning of warnings) {
    if (typeof warning === 'string') others.push(warning);
    else fieldsOf.set(warning.policy, [...(fieldsOf.get(warning.policy) ?? []), warning.field]);
  }
  const policiesOf = new Map<string, string[]>();
  for (const [policy, fields] of fieldsOf) {
    const key = listed(fields);
    policiesOf.set(key, [...(policiesOf.get(key) ?? []), policy]);
  }
  const ignored = [...policiesOf].map(
    ([fields, policies]) =>
      `${listed(policies)} ${policies.length > 1 ? 'ignore' : 'ignores'} ${fields}: for another policy.`,
  );
  return [...ignored, ...others];
}
