/** Buttons to sweep what the daemon goes by, where what is open has a daemon and can be experimented on. */
import './sweeps.css';
import { useLab, useLabState } from '../lab-context.ts';
import { openSweep, SWEEPS } from './sweeps.ts';

export function SweepButtons() {
  const lab = useLab();
  const can = useLabState(({ opened }) => opened?.policy === 'order0-slab' && opened.recording === null);
  if (!can) return null;
  return (
    <p className="sweeps small">
      {SWEEPS.map(({ id, label }) => (
        <button key={id} type="button" className="link-word" onClick={() => openSweep(lab, id)}>
          {label}
        </button>
      ))}
    </p>
  );
}
