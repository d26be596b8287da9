/** The scenario as labelled controls. Each changes its own field in the text, and shows the problem the text has there. */
import { useId } from 'react';
import { type FieldHelp, fieldsAt } from '../../scenario/field-help.ts';
import { POLICY_DEFAULTS } from '../../scenario/policy-schema.ts';
import { pathText } from '../../scenario/problem.ts';
import { Actors } from './Actors.tsx';
import { useEditorState } from './editor-context.ts';
import { FieldRow } from './FieldRow.tsx';
import { valueAt } from './value-at.ts';

const MACHINE = [
  'pages',
  'slabOrder',
  'cpus',
  'swapShare',
  'swappiness',
  'device',
  'boot',
  'maxOrder',
  'pageblockOrder',
  'stackOrder',
  'ptesPerTable',
  'pageCacheOrder',
  'pageCacheFallback',
];
const WORKLOAD = ['stepsPerPage', 'steps', 'after', 'meanDt'];

interface SectionProps {
  readonly title: string;
  readonly path: readonly string[];
  /** Fields shown, in this order; all where it is left out. */
  readonly names?: readonly string[];
  readonly defaults?: Readonly<Record<string, unknown>>;
}

function Section({ title, path, names, defaults = {} }: SectionProps) {
  const data = useEditorState((state) => state.checked.data);
  const id = useId();
  const fields = fieldsAt(path, data);
  const shown =
    names === undefined ? fields : names.flatMap((name) => fields.filter((one) => one.name === name));
  return (
    <section aria-labelledby={id} className="control-section">
      <h3 id={id}>{title}</h3>
      {shown.map((field) => (
        <FieldRow
          key={field.name}
          path={[...path, field.name]}
          field={withDefault(field, defaults[field.name])}
        />
      ))}
    </section>
  );
}

const withDefault = (field: FieldHelp, value: unknown): FieldHelp =>
  value === undefined ? field : { ...field, fallback: value };

export function Controls() {
  const data = useEditorState((state) => state.checked.data);
  if (data === null) return <p className="muted">The text is no YAML. Its problems are listed below.</p>;
  const inText = ['zones', 'objectCaches'].filter((name) => valueAt(data, ['machine', name]) !== undefined);
  const lists = ['steps', 'notes', 'questions'].filter((name) => valueAt(data, [name]) !== undefined);
  return (
    <>
      <Section title="Machine" path={['machine']} names={MACHINE} />
      <Section title="Per-CPU arrays" path={['machine', 'arrays']} />
      <Section title="Policy" path={['policy']} defaults={POLICY_DEFAULTS} />
      <Section title="Seed" path={[]} names={['seed']} />
      <Section title="Workload" path={['workload']} names={WORKLOAD} />
      <Actors />
      {inText.length + lists.length > 0 && (
        <p className="muted small">
          To be changed in the text only:{' '}
          {[...inText.map((name) => pathText(['machine', name])), ...lists].join(', ')}.
        </p>
      )}
    </>
  );
}
