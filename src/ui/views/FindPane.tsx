/** Find pages by number or by what they are; the finds are outlined, and followed while the run plays. */
import { useEffect, useRef } from 'react';
import { LinkWord, PageLink } from '../inspector/links.tsx';
import { useLab, useLabState } from '../lab-context.ts';
import { count, pagesText, sentence } from '../words.ts';

const EXAMPLES = [
  '0x2c0',
  'process 17',
  'file 16',
  'mlocked',
  'dirty',
  'pinned',
  'idle',
  'order 4 free',
] as const;
const SHOWN = 100;

export function FindPane() {
  const { store, selecting } = useLab();
  const find = useLabState((state) => state.find);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const ask = (query: string) => store.setState({ find: { query, found: null } });
  const found = find?.found ?? null;
  const runs = found?.runs.slice(0, SHOWN) ?? [];
  const more = (found?.runs.length ?? 0) + (found?.runsOmitted ?? 0) - runs.length;
  return (
    <div className="find">
      <label>
        <span className="small">A page frame, or what it belongs to</span>
        <input
          ref={field}
          type="search"
          className="mono"
          autoComplete="off"
          spellCheck={false}
          value={find?.query ?? ''}
          onChange={(event) => ask(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') selecting.clear();
            const first = runs[0];
            if (event.key === 'Enter' && first !== undefined) void selecting.pick(first.pfn);
          }}
        />
      </label>
      <p className="small examples">
        <span className="muted">For example</span>{' '}
        {EXAMPLES.map((example) => (
          <LinkWord key={example} mono go={() => ask(example)}>
            {example}
          </LinkWord>
        ))}
      </p>
      <p role="status" className="small">
        {found === null ? '' : sentence(found.message)}
      </p>
      <ul className="finds" aria-label="Pages found">
        {runs.map(({ pfn, pages }) => (
          <li key={pfn}>
            <PageLink pfn={pfn} />
            {pages > 1 && <span className="muted">, {pagesText(pages)}</span>}
          </li>
        ))}
        {more > 0 && <li className="muted">and {count(more)} more runs</li>}
      </ul>
    </div>
  );
}
