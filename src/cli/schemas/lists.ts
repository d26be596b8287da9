/** The shapes of `order0 presets --json` and `order0 experiments --json`. */
import * as v from 'valibot';
import { POLICY_IDS } from '../../engine/config.ts';
import type { PresetSummary } from '../../scenario/presets.ts';
import { list, text } from './parts.ts';

export const presetsSchema = list(
  v.strictObject({
    id: text('Its id: preset:ID runs it.'),
    title: text('Its title.'),
    summary: text('What is set up, and what there is to see.'),
  }),
  'The presets, the opening scene first.',
) satisfies v.GenericSchema<unknown, PresetSummary[]>;

export const experimentsSchema = list(
  v.strictObject({
    id: text('Its id: order0 compare experiment:ID runs it.'),
    title: text('Its title.'),
    summary: text('What is varied, and what to look at.'),
    preset: text('Id of the preset it is asked of.'),
    figure: text('Name of the figure that answers the question.'),
    policies: list(v.picklist(POLICY_IDS), 'Policies compared.'),
    seeds: text('Seeds, as --seeds takes them.'),
    sets: list(v.string(), 'Fields set in every run, as --set takes them.'),
    sweeps: list(v.string(), 'Fields swept, as --sweep takes them.'),
  }),
  'The experiments that come with the program.',
);
