/** Warnings as sentences: those that say the same of several fields or policies become one. */

const IGNORED = /^(\S+) is a parameter of another policy and is ignored by (\S+)$/;

/** `a`, `a and b`, `a, b and c`. */
const listed = (words: readonly string[]) =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** @param warnings as the scenario's reader gives them */
export function warningLines(warnings: readonly string[]): readonly string[] {
  const fieldsOf = new Map<string, string[]>();
  const others: string[] = [];
  for (const warning of warnings) {
    const [, field, policy] = IGNORED.exec(warning) ?? [];
    if (field === undefined || policy === undefined) others.push(warning);
    else fieldsOf.set(policy, [...(fieldsOf.get(policy) ?? []), field]);
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
