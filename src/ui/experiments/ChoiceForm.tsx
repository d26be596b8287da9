/** What the experiment varies, as a form: the same words as the command line's. */
import { useEffect, useId, useState } from 'react';
import type { PolicyId } from '../../engine/config.ts';
import type { ExperimentChoice } from '../../scenario/experiment-choice.ts';
import { POLICIES } from '../top/menus.tsx';
import { plural } from '../words.ts';
import { choiceOf, type Fields, fieldsOf, runsOf } from './form.ts';

interface ChoiceFormProps {
  readonly choice: ExperimentChoice;
  /** Policies that can be run; null where that is not known yet. */
  readonly available: readonly PolicyId[] | null;
  readonly running: boolean;
  readonly onChange: (choice: ExperimentChoice) => void;
  readonly onRun: (choice: ExperimentChoice) => void;
  readonly onCancel: () => void;
}

export function ChoiceForm({ choice, available, running, onChange, onRun, onCancel }: ChoiceFormProps) {
  const [fields, setFields] = useState<Fields>(() => fieldsOf(choice));
  const id = useId();
  useEffect(() => {
    setFields((now) => (choiceOf(now) !== choice ? fieldsOf(choice) : now));
  }, [choice]);
  const read = choiceOf(fields);
  const wrong = typeof read === 'string' ? read : null;

  /** A text that says a choice is kept as it was typed; the choice follows it when the field is left. */
  const type = (change: Partial<Fields>) => setFields({ ...fields, ...change });
  const settle = (now: Fields = fields) => {
    const next = choiceOf(now);
    if (typeof next !== 'string') onChange(next);
  };
  const tick = (policy: PolicyId, on: boolean) => {
    const policies = POLICIES.map((one) => one.id).filter((one) =>
      one === policy ? on : fields.policies.includes(one),
    );
    const next = { ...fields, policies };
    setFields(next);
    settle(next);
  };

  return (
    <form
      className="experiment-form"
      aria-label="What is varied"
      onSubmit={(event) => {
        event.preventDefault();
        if (typeof read !== 'string') onRun(read);
      }}
    >
      <fieldset>
        <legend>Policies</legend>
        {POLICIES.map((policy) => (
          <label key={policy.id}>
            <input
              type="checkbox"
              checked={fields.policies.includes(policy.id)}
              disabled={
                available !== null && !available.includes(policy.id) && !fields.policies.includes(policy.id)
              }
              onChange={(event) => tick(policy.id, event.currentTarget.checked)}
            />
            <span>
              {policy.id}
              {available !== null && !available.includes(policy.id) && <small> not built yet</small>}
            </span>
          </label>
        ))}
      </fieldset>
      <label className="wide">
        Seeds
        <input
          className="mono"
          value={fields.seeds}
          spellCheck={false}
          aria-describedby={`${id}seeds`}
          onChange={(event) => type({ seeds: event.currentTarget.value })}
          onBlur={() => settle()}
        />
        <small id={`${id}seeds`}>1..20, or 3,5,9</small>
      </label>
      <label className="wide">
        Sweep
        <textarea
          className="mono"
          rows={2}
          value={fields.sweeps}
          spellCheck={false}
          aria-describedby={`${id}sweep`}
          onChange={(event) => type({ sweeps: event.currentTarget.value })}
          onBlur={() => settle()}
        />
        <small id={`${id}sweep`}>
          A field of the scenario and its values, one a line: machine.slabOrder=2..10
        </small>
      </label>
      <label className="wide">
        Set in every run
        <textarea
          className="mono"
          rows={2}
          value={fields.sets}
          spellCheck={false}
          aria-describedby={`${id}set`}
          onChange={(event) => type({ sets: event.currentTarget.value })}
          onBlur={() => settle()}
        />
        <small id={`${id}set`}>One a line: machine.pages=65536</small>
      </label>
      {wrong !== null && (
        <p role="alert" className="wrong">
          {wrong}
        </p>
      )}
      <div className="row">
        {/* Two elements: one that turned from Cancel into Run in the middle of a click would submit the form. */}
        {running ? (
          <button key="cancel" type="button" className="btn" onClick={onCancel}>
            Cancel
          </button>
        ) : (
          <button key="run" type="submit" className="btn primary" disabled={wrong !== null}>
            Run
          </button>
        )}
        <span className="muted small">{typeof read === 'string' ? '' : plural(runsOf(read), 'run')}</span>
      </div>
    </form>
  );
}
