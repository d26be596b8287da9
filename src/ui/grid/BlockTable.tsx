/** Every block of the machine as a real table, built when it is asked for. */
import { useState } from 'react';
import type { PageView } from '../../render/page-view.ts';
import { count, kindWord, pfnText } from '../words.ts';
import { type Block, blockAt } from './blocks.ts';

const MOST_ROWS = 4000;

function allBlocks(view: PageView): Block[] {
  const blocks: Block[] = [];
  for (let pfn = 0; pfn < view.pages && blocks.length < MOST_ROWS; ) {
    const block = blockAt(view, pfn);
    blocks.push(block);
    pfn = block.pfn + block.pages;
  }
  return blocks;
}

function Rows({ view }: { readonly view: PageView }) {
  const blocks = allBlocks(view);
  const last = blocks.at(-1);
  const end = last ? last.pfn + last.pages : 0;
  return (
    <table>
      <caption>
        Blocks of physical memory
        {end < view.pages && `, the first ${count(end)} of ${count(view.pages)} pages`}
      </caption>
      <thead>
        <tr>
          <th scope="col">page frame</th>
          <th scope="col">pages</th>
          <th scope="col">kind</th>
          <th scope="col">mapped by</th>
        </tr>
      </thead>
      <tbody>
        {blocks.map((block) => (
          <tr key={block.pfn}>
            <th scope="row" className="mono">
              {pfnText(block.pfn, view.pages)}
            </th>
            <td className="num">{count(block.pages)}</td>
            <td>{kindWord(block.state & 15)}</td>
            <td className="num">{(view.detail[block.pfn] ?? 0) >> 4}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function BlockTable({ view }: { readonly view: PageView }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="block-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Blocks as a table</summary>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
        <section className="block-table-body" aria-label="Blocks as a table" tabIndex={0}>
          <Rows view={view} />
        </section>
      )}
    </details>
  );
}
