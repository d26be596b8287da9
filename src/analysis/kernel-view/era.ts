/** Which kernel's texts a policy's machine prints. */
import type { PolicyId } from '../../engine/config.ts';
import { type Era, hasFile, type KernelFile } from '../../kernel-text/era.ts';

const ERA_OF: Readonly<Record<PolicyId, Era>> = {
  'order0-slab': '2.6.9',
  'buddy-2.6': '2.6.9',
  'page-moving': '2.6.9',
  'mobility-lumpy': '2.6.24',
  'mobility-compaction': '6.12',
};

/** The era of a policy; those that were never merged stand beside the kernel they were proposed for. */
export function eraOf(policy: PolicyId): Era {
  return ERA_OF[policy];
}

/** The layout a file is printed in: the era's, or today's where that kernel had no such file. */
export function layoutOf(policy: PolicyId, file: KernelFile): Era {
  const era = eraOf(policy);
  return hasFile(era, file) ? era : '6.12';
}

/** What is said beside a text in a layout its era did not know; null where it did. */
export function eraNote(policy: PolicyId, file: KernelFile): string | null {
  const era = eraOf(policy);
  return hasFile(era, file) ? null : `Linux ${era} had no ${file}: this is the layout of 6.12`;
}
