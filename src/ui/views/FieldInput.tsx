/** A field of the running scenario, changed where it is shown: typed and entered, or chosen. */
import { useId, useState } from 'react';
import type { FieldChange } from '../../store/scenario-fields.ts';
import { lastFieldChange } from '../../store/state.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { count } from '../words.ts';

/** Loaded when something is changed: the reader of scenario texts is large. */
const fields = () => import('../../store/scenario-fields.ts');
type Fields = Awaited<ReturnType<typeof fields>>;

/** Runs a change, and says why where there is none. */
export function useFieldChange() {
  const lab = useLab();
  return (changes: (fields: Fields) => readonly FieldChange[]) => {
    const change = async () => {
      const loaded = await fields();
      const problem = await loaded.changeFields(lab, changes(loaded));
      if (problem !== null) lab.store.setState({ remark: `Not changed: ${problem}.` });
    };
    void lab.tasks.track(change());
  };
}

/** Whether what is open has a text whose fields can be changed. */
export const useHasFields = () => useLabState((state) => (state.opened?.text ?? '') !== '');

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly onChange: (value: number) => void;
}

/** A whole number; what is typed holds from Enter or from leaving the field on, and Escape drops it. */
export function NumberField({ label, value, low, high, onChange }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const isAllowed = useHasFields();
  const number = Number((typed ?? '').replaceAll(',', ''));
  const isGood = typed === null || (Number.isInteger(number) && number >= low && number <= high);
  const enter = () => {
    if (typed === null || !isGood || typed.trim() === '') return;
    setTyped(null);
    if (number !== value) onChange(number);
  };
  return (
    <input
      className="field-input mono"
      aria-label={label}
      inputMode="numeric"
      autoComplete="off"
      disabled={!isAllowed}
      aria-invalid={!isGood}
      title={isGood ? undefined : `a whole number from ${low} to ${high}`}
      value={typed ?? count(value)}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={enter}
      onKeyDown={(event) => {
        if (event.key === 'Enter') enter();
        else if (event.key === 'Escape' && typed !== null) setTyped(null);
        else return;
        event.stopPropagation();
      }}
    />
  );
}

interface ChoiceFieldProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [value: string, text: string])[];
  readonly onChange: (value: string) => void;
}

export function ChoiceField({ label, value, choices, onChange }: ChoiceFieldProps) {
  const id = useId();
  const isAllowed = useHasFields();
  return (
    <span className="choice-field small">
      <label htmlFor={id}>{label}</label>{' '}
      <select
        id={id}
        value={value}
        disabled={!isAllowed}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {choices.map(([word, text]) => (
          <option key={word} value={word}>
            {text}
          </option>
        ))}
      </select>
    </span>
  );
}

/** The way back from the last change of a field. */
export function TakeBack() {
  const lab = useLab();
  const last = useLabState(lastFieldChange);
  if (last === null) return null;
  const back = async () => (await fields()).takeFieldBack(lab);
  return (
    <button type="button" className="word-btn" onClick={() => void lab.tasks.track(back())}>
      Take the change back
    </button>
  );
}
