/** The kinds of controls. Each gives the field's new value, or undefined: back to the default. */
import { useState } from 'react';
import type { FieldHelp } from '../../scenario/field-help.ts';

export interface ControlProps {
  readonly id: string;
  readonly field: FieldHelp;
  readonly value: unknown;
  readonly isInvalid: boolean;
  readonly describedBy: string;
  readonly onChange: (value: unknown) => void;
}

const told = (value: unknown) => (value === undefined || value === null ? '' : String(value));

interface BoxProps extends Pick<ControlProps, 'describedBy' | 'isInvalid'> {
  readonly id?: string;
  readonly label?: string;
  readonly text: string;
  readonly placeholder: string;
  readonly onText: (text: string) => void;
  readonly wide?: boolean;
}

/** A text field that keeps what is typed while it has the focus: `0.` is on the way to `0.5`. */
function Box({ id, label, text, placeholder, isInvalid, describedBy, onText, wide }: BoxProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      className={wide ? 'mono wide' : 'mono'}
      inputMode={wide ? 'text' : 'decimal'}
      spellCheck={false}
      autoComplete="off"
      value={typed ?? text}
      placeholder={placeholder}
      aria-invalid={isInvalid}
      aria-describedby={describedBy}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onText(event.currentTarget.value.trim());
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

/** A number as typed: itself, undefined where nothing is typed, the text where it is none (the schema says so). */
function numberOf(text: string): number | string | undefined {
  if (text === '') return undefined;
  const plain = Number(text.replaceAll(',', ''));
  return Number.isFinite(plain) ? plain : text;
}

const placeholderOf = ({ fallback }: FieldHelp) => (fallback === undefined ? '' : String(fallback));

export function NumberBox({ id, field, value, isInvalid, describedBy, onChange }: ControlProps) {
  return (
    <Box
      id={id}
      text={told(value)}
      placeholder={placeholderOf(field)}
      isInvalid={isInvalid}
      describedBy={describedBy}
      onText={(text) => onChange(numberOf(text))}
    />
  );
}

export function TextBox({ id, field, value, isInvalid, describedBy, onChange }: ControlProps) {
  return (
    <Box
      id={id}
      wide
      text={told(value)}
      placeholder={placeholderOf(field)}
      isInvalid={isInvalid}
      describedBy={describedBy}
      onText={(text) => onChange(text === '' ? undefined : text)}
    />
  );
}

/** Largest weight the slider reaches; the field takes more. */
const SLIDER_WEIGHT = 20;

export function SliderBox(props: ControlProps) {
  const { field, value, onChange } = props;
  const high = field.high === 1 ? 1 : SLIDER_WEIGHT;
  const step = high === 1 ? 0.01 : 0.5;
  const now = typeof value === 'number' ? value : Number(field.fallback ?? 0);
  return (
    <>
      <NumberBox {...props} />
      <input
        type="range"
        aria-label={`${field.name}, slider`}
        min={0}
        max={high}
        step={step}
        value={Math.min(high, now)}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
      />
    </>
  );
}

/** Smallest and largest of a range; one number stands for both. */
export function RangeBoxes({ id, field, value, isInvalid, describedBy, onChange }: ControlProps) {
  const fallback = Array.isArray(field.fallback) ? field.fallback : [field.fallback, field.fallback];
  const now: readonly unknown[] = Array.isArray(value) ? value : [value, value];
  const change = (place: 0 | 1, text: string) => {
    const number = numberOf(text);
    if (number === undefined) return onChange(undefined);
    const other = now[1 - place] ?? fallback[1 - place] ?? number;
    onChange(place === 0 ? [number, other] : [other, number]);
  };
  const box = { isInvalid, describedBy };
  return (
    <>
      <Box
        {...box}
        id={id}
        text={told(now[0])}
        placeholder={told(fallback[0])}
        onText={(text) => change(0, text)}
      />
      <span className="muted">to</span>
      <Box
        {...box}
        label={`${field.name}, largest`}
        text={told(now[1])}
        placeholder={told(fallback[1])}
        onText={(text) => change(1, text)}
      />
    </>
  );
}

export function NumberList({ id, field, value, isInvalid, describedBy, onChange }: ControlProps) {
  const join = (list: unknown) => (Array.isArray(list) ? list.join(', ') : '');
  return (
    <Box
      id={id}
      wide
      text={join(value)}
      placeholder={join(field.fallback)}
      isInvalid={isInvalid}
      describedBy={describedBy}
      onText={(text) => {
        const parts = text.split(/[,\s]+/).filter(Boolean);
        onChange(parts.length === 0 ? undefined : parts.map(numberOf));
      }}
    />
  );
}

export function Selection({ id, field, value, isInvalid, describedBy, onChange }: ControlProps) {
  const words = field.kind === 'flag' ? ['true', 'false'] : field.words;
  const now = told(value);
  const fallback = field.fallback === undefined ? '' : ` (${String(field.fallback)})`;
  return (
    <select
      id={id}
      value={now}
      aria-invalid={isInvalid}
      aria-describedby={describedBy}
      onChange={(event) => {
        const word = event.currentTarget.value;
        if (word === '') onChange(undefined);
        else onChange(field.kind === 'flag' ? word === 'true' : word);
      }}
    >
      {!field.required && <option value="">default{fallback}</option>}
      {now !== '' && !words.includes(now) && <option value={now}>{now}</option>}
      {words.map((word) => (
        <option key={word} value={word}>
          {word}
        </option>
      ))}
    </select>
  );
}
