/** When each policy was the way things were done, as panes say beside its name. */
import type { PolicyId } from '../../engine/config.ts';

export const ERAS: Readonly<Record<PolicyId, string>> = {
  'buddy-2.6': '2004, 2.6.9',
  'page-moving': '2004, patches',
  'order0-slab': 'June 2003, the mail',
  'mobility-lumpy': '2008, 2.6.24',
  'mobility-compaction': 'today',
};
