/** The workload's actors: each with its own parameters, to be added and removed. */
import { useId, useRef } from 'react';
import { fieldAt, fieldsAt } from '../../scenario/field-help.ts';
import { useEditor, useEditorState } from './editor-context.ts';
import { FieldRow } from './FieldRow.tsx';
import { valueAt } from './value-at.ts';

const ACTORS = ['workload', 'actors'] as const;

/** What a new actor needs to be one. */
const NEEDS: Readonly<Record<string, object>> = { highOrder: { order: 5 } };

export function Actors() {
  const editor = useEditor();
  const data = useEditorState((state) => state.checked.data);
  const list = valueAt(data, ACTORS);
  const actors: readonly unknown[] = Array.isArray(list) ? list : [];
  const kind = useRef<HTMLSelectElement>(null);
  const id = useId();
  const kinds = fieldAt([...ACTORS, 0, 'kind'], { workload: { actors: [{}] } })?.words ?? [];
  const add = () => {
    const chosen = kind.current?.value ?? '';
    editor.setField(
      actors.length === 0 ? ACTORS : [...ACTORS, actors.length],
      addition(chosen, actors.length),
    );
  };
  return (
    <section aria-labelledby={id} className="control-section">
      <h3 id={id}>Actors</h3>
      {actors.map((actor, i) => (
        // The place in the list is all that an actor is known by, in the text too.
        <ActorFields key={i} place={i} kind={String(valueAt(actor, ['kind']) ?? '')} />
      ))}
      <div className="row">
        <select ref={kind} aria-label="Kind of the new actor">
          {kinds.map((word) => (
            <option key={word}>{word}</option>
          ))}
        </select>
        <button type="button" className="btn light" onClick={add}>
          Add actor
        </button>
      </div>
    </section>
  );
}

/** The first actor makes the list. */
function addition(kind: string, count: number): unknown {
  const actor = { kind, ...NEEDS[kind] };
  return count === 0 ? [actor] : actor;
}

function ActorFields({ place, kind }: { readonly place: number; readonly kind: string }) {
  const editor = useEditor();
  const data = useEditorState((state) => state.checked.data);
  const path = [...ACTORS, place];
  const fields = fieldsAt(path, data).filter(({ name }) => name !== 'kind');
  return (
    <fieldset className="actor">
      <legend>
        {place + 1} <b className="mono">{kind}</b>
      </legend>
      <button
        type="button"
        className="word-btn actor-remove"
        aria-label={`Remove actor ${place + 1}, ${kind}`}
        onClick={() => editor.setField(path, undefined)}
      >
        Remove
      </button>
      {fields.map((field) => (
        <FieldRow key={field.name} path={[...path, field.name]} field={field} />
      ))}
    </fieldset>
  );
}
