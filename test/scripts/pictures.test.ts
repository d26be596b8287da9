import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PICTURES_FILE, pictureLine } from '../../scripts/preset-pictures.ts';
import { bundledPresets } from '../../src/scenario/bundled-presets.ts';

const kept = readFileSync(PICTURES_FILE, 'utf8').trimEnd().split('\n');

describe('the pictures of the presets', () => {
  it('are one for each', () => {
    expect(kept.map((line) => line.split(' ')[0])).toEqual(bundledPresets.map(({ id }) => id));
  });

  it.each(bundledPresets.map((preset) => [preset.id, preset] as const))(
    'show what the engine gives: %s (npm run pictures draws them again)',
    (id, preset) => expect(kept.find((line) => line.startsWith(`${id} `))).toBe(pictureLine(preset)),
  );
});
