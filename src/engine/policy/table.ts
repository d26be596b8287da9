/** Which policy a machine runs. */
import type { PolicyId } from '../config.ts';
import type { Machine } from '../machine.ts';
import { buddy26 } from './buddy-2.6.ts';
import { mobilityCompaction } from './mobility-compaction.ts';
import { mobilityLumpy } from './mobility-lumpy.ts';
import { order0Slab } from './order0-slab.ts';
import { pageMoving } from './page-moving.ts';
import type { Policy } from './policy.ts';

const POLICIES: Partial<Record<PolicyId, Policy>> = {
  'order0-slab': order0Slab,
  'buddy-2.6': buddy26,
  'page-moving': pageMoving,
  'mobility-lumpy': mobilityLumpy,
  'mobility-compaction': mobilityCompaction,
};

/** Policies that can be run. */
export const AVAILABLE_POLICIES = Object.keys(POLICIES) as PolicyId[];

/** The machine's policy. @throws when its id is one that is not built yet; scenario errors catch that at the door */
export function policyOf(m: Machine): Policy {
  const policy = POLICIES[m.config.policy.name];
  if (!policy) throw new Error(`policy not available: ${m.config.policy.name}`);
  return policy;
}
