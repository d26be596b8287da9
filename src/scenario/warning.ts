/** What is worth saying about a scenario and is no error. */
import type { PolicyId } from '../engine/config.ts';

/** A policy's parameter that the scenario's own policy does not have. */
export interface IgnoredParameter {
  /** Path of the field, such as `policy.victim`. */
  readonly field: string;
  /** The policy that ignores it. */
  readonly policy: PolicyId;
}

/** A sentence; or a parameter ignored, left apart so that several become one sentence (store/warning-lines.ts). */
export type Warning = string | IgnoredParameter;

/** A warning as a line of its own. */
export function warningText(warning: Warning): string {
  if (typeof warning === 'string') return warning;
  return `${warning.field} is a parameter of another policy and is ignored by ${warning.policy}`;
}
