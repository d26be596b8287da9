/** What finding a block costs, and what slabs cost every allocation: this policy beside another on the same operations. */
import { useState } from 'react';
import type { PolicyId } from '../../engine/config.ts';
import type { FrameDetail, PolicyRun } from '../../worker/protocol.ts';
import { SweepButtons } from '../experiments/SweepButtons.tsx';
import { useLabState } from '../lab-context.ts';
import { useAgain } from '../plots/use-again.ts';
import { POLICIES } from '../top/menus.tsx';
import { count, sentence } from '../words.ts';
import { ChoiceField } from './FieldInput.tsx';

type Figures = Pick<FrameDetail['summary'], 'search' | 'overhead'>;
type Row = readonly [string, (figures: Figures) => number | null];

const SEARCH: readonly (readonly [string, readonly Row[]])[] = [
  [
    'In globs: slabs of one cache',
    [
      ['Slabs looked at', ({ search }) => search.slab.slabs],
      ['Pages in them', ({ search }) => search.slab.pages],
      ['Blocks freed', ({ search }) => search.slab.blocks],
      ['Pages per block', ({ search }) => search.slab.perBlock],
    ],
  ],
  [
    'Along the LRU',
    [
      ['Pages looked at', ({ search }) => search.lru.pages],
      ['Pages freed', ({ search }) => search.lru.freed],
      ['Large requests it served', ({ search }) => search.lru.blocks],
      ['Pages per block', ({ search }) => search.lru.perBlock],
    ],
  ],
  [
    'All of memory: page moving',
    [
      ['Pages looked at', ({ search }) => search.moving.pages],
      ['Blocks made', ({ search }) => search.moving.blocks],
      ['Pages per block', ({ search }) => search.moving.perBlock],
    ],
  ],
];

const OVERHEAD: readonly (readonly [string, readonly Row[]])[] = [
  [
    'Storage',
    [
      ['Slab descriptors, bytes', ({ overhead }) => overhead.descriptorBytes],
      ['Pages they take', ({ overhead }) => overhead.descriptorPages],
    ],
  ],
  [
    'Work',
    [
      ['Steps in per-CPU arrays of slab', ({ overhead }) => overhead.arraySteps],
      ['Steps in per-CPU page lists', ({ overhead }) => overhead.pcpSteps],
      ['Splits and merges in buddy', ({ overhead }) => overhead.buddySteps],
      ['Steps per request', ({ overhead }) => overhead.perAllocation.steps],
      ['Time per request, ns', ({ overhead }) => overhead.perAllocation.ns],
    ],
  ],
];

/** A number as it is, `none` where there is nothing to divide by. */
const cell = (n: number | null) => (n === null ? 'no block' : n === 0 ? '·' : count(n));

interface Column {
  readonly name: string;
  readonly figures: Figures | null;
}

interface ComparedProps {
  readonly caption: string;
  readonly groups: typeof SEARCH;
  readonly columns: readonly Column[];
}

function Compared({ caption, groups, columns }: ComparedProps) {
  return (
    <table className="account">
      <caption className="vh">{caption}</caption>
      <thead>
        <tr>
          <td />
          {columns.map(({ name }) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map(([title, rows]) => (
        <tbody key={title}>
          <tr>
            <th scope="rowgroup" colSpan={columns.length + 1} className="muted">
              {title}
            </th>
          </tr>
          {rows.map(([text, of]) => (
            <tr key={text}>
              <th scope="row">{text}</th>
              {columns.map(({ name, figures }) => (
                <td className="num" key={name}>
                  {figures === null ? '…' : cell(of(figures))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

const ofRun = (run: PolicyRun | null): Figures | null => run?.figures ?? null;

export function SearchPane() {
  const opened = useLabState((state) => state.opened);
  const now = useLabState((state) => state.detail?.summary ?? null);
  const [chosen, choose] = useState<PolicyId | null>(null);
  const own = opened?.policy ?? 'order0-slab';
  const other =
    chosen !== null && chosen !== own ? chosen : own === 'buddy-2.6' ? 'order0-slab' : 'buddy-2.6';
  const isRecording = opened?.recording != null;
  const mine = useAgain('own');
  const theirs = useAgain(isRecording ? null : other);
  if (opened === null || now === null) return null;
  const columns: readonly Column[] = [
    { name: 'so far', figures: now },
    { name: own, figures: ofRun(mine) },
    ...(isRecording ? [] : [{ name: other, figures: ofRun(theirs) }]),
  ];
  const reason = mine?.reason || theirs?.reason || '';
  const shown = reason === '' ? columns : columns.slice(0, 1);
  return (
    <>
      <p className="small">
        The mail has reclaimable pages “in easy to search globs”. What slab costs each allocation was its
        author’s own worry four days later.{' '}
        {reason === '' && 'First up to this step, then over the whole run.'}
      </p>
      {reason !== '' && <p className="absent-reason">{sentence(reason)}</p>}
      {!isRecording && reason === '' && (
        <p className="field-line">
          <ChoiceField
            label="Beside"
            value={other}
            choices={POLICIES.filter(({ id }) => id !== own).map(({ id }) => [id, id] as const)}
            onChange={(id) => choose(POLICIES.find((one) => one.id === id)?.id ?? null)}
          />
        </p>
      )}
      <section className="pane-part">
        <h3>Looking for a block</h3>
        <Compared caption="Pages and slabs looked at for each block" groups={SEARCH} columns={shown} />
        <p className="muted small">
          LRU reclaim looks for pages, not for blocks; what it frees for requests of one page is looked at
          too. The machine has {count(opened.machine.pages)} pages.
        </p>
        <SweepButtons />
      </section>
      <section className="pane-part">
        <h3>What each allocation pays</h3>
        <Compared caption="What the allocator's own books cost" groups={OVERHEAD} columns={shown} />
        <p className="muted small">
          In a zone below 8,192 pages 2.6.9 fills its per-CPU lists one page at a time, so buddy works more
          here than it did on the machines of 2003.
        </p>
      </section>
    </>
  );
}
