/** One field: its name, its control, what it means, and what is wrong with it. */
import { useId } from 'react';
import type { FieldPath } from '../../scenario/edit-text.ts';
import type { FieldHelp } from '../../scenario/field-help.ts';
import { useEditor, useEditorState } from './editor-context.ts';
import {
  type ControlProps,
  NumberBox,
  NumberList,
  RangeBoxes,
  Selection,
  SliderBox,
  TextBox,
} from './inputs.tsx';
import { valueAt } from './value-at.ts';

interface FieldRowProps {
  readonly path: FieldPath;
  readonly field: FieldHelp;
}

const startsWith = (path: FieldPath, start: FieldPath) => start.every((key, i) => path[i] === key);

export function FieldRow({ path, field }: FieldRowProps) {
  const editor = useEditor();
  const id = useId();
  const value = useEditorState((state) => valueAt(state.checked.data, path));
  const problem = useEditorState((state) => state.checked.problems.find((one) => startsWith(one.path, path)));
  const Control = controlFor(field, value);
  return (
    <div className="control-row">
      <label htmlFor={id} className="mono">
        {field.name}
      </label>
      <div className="control">
        {Control === null ? (
          <span className="muted small">written out in the text</span>
        ) : (
          <Control
            id={id}
            field={field}
            value={value}
            isInvalid={problem !== undefined}
            describedBy={`${id}-help ${id}-problem`}
            onChange={(next) => void editor.setField(path, next)}
          />
        )}
      </div>
      <p id={`${id}-help`} className="control-help">
        {field.description}
      </p>
      <p id={`${id}-problem`} role="alert" className="control-problem">
        {problem?.message}
      </p>
    </div>
  );
}

type Control = (props: ControlProps) => React.ReactNode;

/** Null where only the text can say it: maps, lists of maps. */
function controlFor(field: FieldHelp, value: unknown): Control | null {
  const isList = Array.isArray(value);
  if (isList && value.some((item) => typeof item === 'object')) return null;
  if (field.isRange) return RangeBoxes;
  if (field.name === 'orders') return NumberList;
  if (isList || (typeof value === 'object' && value !== null)) return null;
  if (field.kind === 'choice' || field.kind === 'flag') return Selection;
  if (field.kind === 'text') return TextBox;
  if (field.name === 'weight' || (field.kind === 'number' && field.high === 1)) return SliderBox;
  return field.kind === 'integer' || field.kind === 'number' ? NumberBox : null;
}
