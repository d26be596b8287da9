/** Kernel memory over the run: few windows inside its own cache, one window a page where it lies anywhere. */
import { useEffect, useState } from 'react';
import { problemsOf } from '../../store/engine-port.ts';
import type { Creep } from '../../worker/protocol.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { count, memorySize, pagesText, plural, sentence } from '../words.ts';
import { totalPath } from './pools.ts';

type Curve = Creep['curves'][number];

const WIDTH = 320;
const HEIGHT = 110;

/** The creep of what is open, asked for once; null until it is known. */
function useCreep(): Creep | null {
  const { port, tasks, store } = useLab();
  const opened = useLabState((state) => state.opened);
  const [known, setKnown] = useState<{ readonly of: typeof opened; readonly creep: Creep } | null>(null);
  useEffect(() => {
    if (opened === null) return;
    const ask = async () => {
      try {
        const creep = await port.request({ type: 'creep' });
        setKnown({ of: opened, creep });
      } catch (error) {
        store.setState({ problems: problemsOf(error) });
      }
    };
    void tasks.track(ask());
  }, [opened, port, tasks, store]);
  return known?.of === opened ? (known?.creep ?? null) : null;
}

/** Windows that kernel pages hold: inside their cache and outside of it. */
const heldBy = ({ slabsHeld, blocksPoisoned }: Curve) =>
  slabsHeld.map((slabs, i) => slabs + (blocksPoisoned[i] ?? 0));

/** Index of the last sample at or before a step. */
const at = ({ steps }: Curve, step: number) =>
  Math.max(
    0,
    steps.findLastIndex((one) => one <= step),
  );

function Chart({ creep }: { readonly creep: Creep }) {
  const length = useLabState((state) => state.opened?.length ?? 1);
  const step = useLabState((state) => state.frame?.at.step ?? 0);
  const most = Math.max(1, ...creep.curves.flatMap(heldBy));
  const path = (curve: Curve, values: readonly number[]) =>
    totalPath(curve.steps, values, length, most, WIDTH, HEIGHT);
  const x = ((step / Math.max(1, length)) * WIDTH).toFixed(1);
  const ends = creep.curves.map((curve) => `${curve.policy} ${count(heldBy(curve).at(-1) ?? 0)}`).join(', ');
  return (
    <svg
      className="pool-progress creep"
      viewBox={`-18 -14 ${WIDTH + 19} ${HEIGHT + 26}`}
      role="img"
      aria-label={`Windows of ${pagesText(creep.windowPages)} that kernel pages hold, over the run; at its end ${ends} of ${count(creep.windows)}`}
    >
      <path className="axis" d={`M0 ${HEIGHT}H${WIDTH}`} />
      <text x="-18" y="-7">
        windows lost
      </text>
      <text x="-4" y="3" textAnchor="end">
        {count(most)}
      </text>
      <text x="-4" y={HEIGHT + 2} textAnchor="end">
        0
      </text>
      <text x="0" y={HEIGHT + 10}>
        step 0
      </text>
      <text x={WIDTH} y={HEIGHT + 10} textAnchor="end">
        step {count(length)}
      </text>
      {creep.curves.map((curve) => (
        <g key={curve.policy} className={curve.policy}>
          <path className="held" d={path(curve, heldBy(curve))} />
          {curve.slabsHeld.some((n) => n > 0) && <path className="inside" d={path(curve, curve.slabsHeld)} />}
        </g>
      ))}
      <path className="now" d={`M${x} -4V${HEIGHT + 2}`} />
    </svg>
  );
}

function Table({ creep }: { readonly creep: Creep }) {
  const step = useLabState((state) => state.frame?.at.step ?? 0);
  const of = (values: (curve: Curve) => readonly number[]) =>
    creep.curves.map((curve) => (
      <td className="num" key={curve.policy}>
        {count(values(curve)[at(curve, step)] ?? 0)}
      </td>
    ));
  return (
    <table className="account">
      <caption className="vh">Kernel memory at this step, by policy</caption>
      <thead>
        <tr>
          <td />
          {creep.curves.map(({ policy }) => (
            <th scope="col" key={policy}>
              {policy}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">Kernel pages</th>
          {of(({ pages }) => pages)}
        </tr>
        <tr>
          <th scope="row">Slabs of order0-knoreclaim they hold</th>
          {of(({ slabsHeld }) => slabsHeld)}
        </tr>
        <tr>
          <th scope="row">Blocks poisoned outside it</th>
          {of(({ blocksPoisoned }) => blocksPoisoned)}
        </tr>
        <tr className="sum">
          <th scope="row">Windows lost, of {count(creep.windows)}</th>
          {of(heldBy)}
        </tr>
      </tbody>
    </table>
  );
}

export function CreepPane() {
  const creep = useCreep();
  if (creep === null) return <p className="muted small">Running both policies from boot.</p>;
  if (creep.curves.length === 0) return <p className="absent-reason">{sentence(creep.reason)}</p>;
  return (
    <>
      <p className="small">
        Nobody can take a kernel page back, so its window of {memorySize(creep.windowPages)} is lost while it
        lives. Inside order0-knoreclaim up to {plural(creep.windowPages, 'page')} share one window; outside, a
        single page poisons one.
      </p>
      <Chart creep={creep} />
      <ul className="pool-legend small">
        <li className="inside">order0-slab: inside its cache</li>
        <li className="stand-in">order0-slab: all</li>
        <li className="fails">buddy-2.6: all</li>
      </ul>
      <Table creep={creep} />
      <p className="muted small">
        The same operations, run from boot under both policies, your acts included. Blocks that fill a window
        alone are not counted.
      </p>
    </>
  );
}
