/** Experiments that come with the page: a question, and the button that sets it up. */
import { SHIPPED, type ShippedExperiment } from '../../experiment/shipped.ts';

export function Shipped({ onOpen }: { readonly onOpen: (experiment: ShippedExperiment) => void }) {
  return (
    <section className="shipped" aria-label="Ready-made experiments">
      <h3>Ready-made</h3>
      <ul>
        {SHIPPED.map((experiment) => (
          <li key={experiment.id}>
            <button
              type="button"
              className="word-btn"
              aria-description={experiment.summary}
              onClick={() => onOpen(experiment)}
            >
              {experiment.title}
            </button>
            <p className="muted small">{experiment.summary}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
