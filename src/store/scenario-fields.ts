/**
 * Fields of the running scenario changed from beside the picture: the text is edited as the editor edits it, and runs
 * from its start to the same step with the same acts. So a change is in the link, in the text, and can be taken back.
 */
import { COST_TABLES, type DeviceName } from '../engine/cost.ts';
import { checkText } from '../scenario/check-text.ts';
import { type FieldPath, removeField, setField } from '../scenario/edit-text.ts';
import type { Opened, Source } from '../worker/protocol.ts';
import { runningText } from './editor.ts';
import type { Lab } from './lab.ts';
import { lastFieldChange } from './state.ts';

/** A value for a field; undefined takes the field out, back to its default. */
export type FieldChange = readonly [path: FieldPath, value: unknown];

const sourceOf = (opened: Opened): Source =>
  opened.presetId === null
    ? { kind: 'text', name: 'scenario', text: runningText(opened) }
    : { kind: 'preset', id: opened.presetId };

/**
 * Changes fields of what runs.
 * @returns null, or why it was not changed; what is open is then untouched
 */
export async function changeFields(lab: Lab, changes: readonly FieldChange[]): Promise<string | null> {
  const { opened, fieldChanges } = lab.store.getState();
  if (opened === null || opened.text === '') return 'a recording has no scenario text to change';
  const was = runningText(opened);
  let text = was;
  for (const [path, value] of changes) {
    const next = value === undefined ? removeField(text, path) : setField(text, path, value);
    if (next === null) return `the text has no place for ${path.join('.')}`;
    text = next;
  }
  if (text === was) return null;
  const [problem] = checkText(text).problems;
  if (problem !== undefined) return problem.message;
  const ran = await run(lab, { kind: 'text', name: 'scenario', text });
  if (!ran) return 'the engine refused it';
  // Under a policy or seed of the menus, a preset's own text is not what ran.
  const before: Source =
    was === opened.text ? sourceOf(opened) : { kind: 'text', name: 'scenario', text: was };
  lab.store.setState({ fieldChanges: [...fieldChanges, { text, before }] });
  return null;
}

/** Takes the last change back, while what runs is what came of it. */
export async function takeFieldBack(lab: Lab): Promise<void> {
  const state = lab.store.getState();
  const last = lastFieldChange(state);
  if (last === null) return;
  if (await run(lab, last.before)) lab.store.setState({ fieldChanges: state.fieldChanges.slice(0, -1) });
}

const run = (lab: Lab, source: Source): Promise<boolean> => lab.session.reopen({ source });

const DEVICES = Object.keys(COST_TABLES) as readonly DeviceName[];
const isDevice = (value: unknown): value is DeviceName => DEVICES.includes(value as DeviceName);

/** The change that gives an action another price; the device's own price needs no word in the text. */
export function priceChange(opened: Opened, action: string, ns: number): readonly FieldChange[] {
  const { data } = checkText(runningText(opened));
  const machine = (data as { readonly machine?: { readonly device?: unknown } } | null)?.machine;
  const written = machine?.device;
  const map: { readonly like?: unknown } = typeof written === 'object' && written !== null ? written : {};
  const like = isDevice(written) ? written : isDevice(map.like) ? map.like : 'ssd';
  const next: Record<string, unknown> = { like, ...map, [action]: ns };
  if (ns === Reflect.get(COST_TABLES[like], action)) Reflect.deleteProperty(next, action);
  const plain = Object.keys(next).every((key) => key === 'like');
  return [[['machine', 'device'], plain ? like : next]];
}

/** The change to a device's prices as they are declared. */
export const deviceChange = (device: DeviceName): readonly FieldChange[] => [[['machine', 'device'], device]];
