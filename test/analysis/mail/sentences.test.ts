/** The mail is whole, every sentence leads somewhere, and what its scene is said to show is the case there. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CLAIM_ROWS } from '../../../src/analysis/mail/claims.ts';
import type { Scene } from '../../../src/analysis/mail/scene.ts';
import { MAIL_FOOT, SENTENCES } from '../../../src/analysis/mail/sentences.ts';
import { POLICY_IDS } from '../../../src/engine/config.ts';
import { bundledPresets } from '../../../src/scenario/bundled-presets.ts';
import { CHECKS, type Check } from './checks.ts';
import { momentOf, shown } from './scene-moment.ts';

/** SHA-256 of the mail as archived, every run of white space one blank. */
const MAIL = '19ae224164dd8b69aef28c466d4ebf131bf23bf4627c998dd3a732ebabcb1c3e';

describe('the mail', () => {
  it('is whole, word for word', () => {
    const text = [...SENTENCES.map((sentence) => sentence.text), MAIL_FOOT].join(' ');
    expect(text.replace(/\s+/g, ' ')).toBe(text);
    expect(createHash('sha256').update(text).digest('hex')).toBe(MAIL);
  });

  it('has a scene for every sentence, and a check for every scene', () => {
    expect(Object.keys(CHECKS)).toEqual(SENTENCES.map(({ id }) => id));
    for (const { id, scenes } of SENTENCES) {
      expect(scenes.length, id).toBeGreaterThan(0);
      expect(CHECKS[id], id).toHaveLength(scenes.length);
    }
  });

  it('has a sentence for every claim', () => {
    expect(new Set(SENTENCES.map(({ claim }) => claim))).toEqual(new Set(Object.keys(CLAIM_ROWS)));
  });

  it('leads to presets and policies that exist, and says in one sentence what to look at', () => {
    const ids = bundledPresets.map(({ id }) => id);
    for (const { preset, policy, look } of SENTENCES.flatMap(({ scenes }) => scenes)) {
      expect(ids).toContain(preset);
      if (policy !== undefined) expect(POLICY_IDS).toContain(policy);
      expect(look).toMatch(/^[A-Z].*\.$/);
      expect(look.match(/[.!?]\s/g)).toBeNull();
    }
  });
});

interface Case {
  readonly id: string;
  readonly name: string;
  readonly scene: Scene;
  readonly check: Check;
}

const cases: readonly Case[] = SENTENCES.flatMap(({ id, scenes }) =>
  shown(scenes).map((scene) => ({
    id,
    name: scene.name,
    scene,
    check: CHECKS[id]![scenes.indexOf(scene)]!,
  })),
);

describe.each(cases)('$id: $name', ({ scene, check }) => {
  it('shows what is said', async () => {
    await check(await momentOf(scene));
  });
});
