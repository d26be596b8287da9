/** How the gallery groups presets: the mail's claims, its limits, and workloads to try them on. */
import { LIMITS } from '../../analysis/limits.ts';
import { CLAIM_ROWS } from '../../analysis/mail/claims.ts';
import { SENTENCES } from '../../analysis/mail/sentences.ts';

/** In the order they are shown. */
export const GROUP_TITLES = {
  claims: 'What the mail claims',
  limits: 'What it costs, and where it fails',
  workloads: 'Workloads',
} as const;

export type GroupId = keyof typeof GROUP_TITLES;

/** Presets made for a claim or a limit before their names said so; links to them are out in the world. */
const NAMED: Readonly<Record<string, GroupId>> = {
  'one-slab': 'claims',
  'fork-storm': 'claims',
  'four-cpus': 'claims',
  'fewest-objects': 'claims',
  'mlocked-page': 'limits',
  'no-swap': 'limits',
  'scan-too-short': 'limits',
  'huge-pages': 'limits',
  'page-table-creep': 'limits',
  'pinned-pair': 'limits',
};

/** The group of a preset. */
export function groupOf(id: string): GroupId {
  const named = NAMED[id];
  if (named !== undefined) return named;
  if (id.startsWith('claim-')) return 'claims';
  return id.startsWith('limit-') ? 'limits' : 'workloads';
}

/** What in the mail and among its limits a preset shows, as a line; empty where nothing leads to it. */
export function shownBy(id: string): string {
  const claims = SENTENCES.filter(({ scenes }) => scenes.some(({ preset }) => preset === id)).map(
    ({ claim }) => CLAIM_ROWS[claim],
  );
  const limits = LIMITS.filter(({ scene }) => scene.preset === id).map((limit) => limit.id);
  const parts: string[] = [...new Set(claims)];
  if (limits.length > 0) parts.push(`${limits.length === 1 ? 'limit' : 'limits'} ${limits.join(', ')}`);
  return parts.join(' · ');
}
