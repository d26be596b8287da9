/** Words that lead on: to a page, a process, a file, a moment. */
import type { ReactNode } from 'react';
import type { Pane } from '../../store/looking.ts';
import type { Owner } from '../../worker/protocol.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { count, pfnText } from '../words.ts';

interface LinkProps {
  readonly go: () => void;
  readonly mono?: boolean;
  readonly children: ReactNode;
}

export function LinkWord({ go, mono = false, children }: LinkProps) {
  return (
    <button type="button" className={mono ? 'link-word mono' : 'link-word'} onClick={go}>
      {children}
    </button>
  );
}

/** A page frame; `pane` opens another view than the page's own. */
export function PageLink({
  pfn,
  pane,
  frame = false,
}: {
  readonly pfn: number;
  readonly pane?: Pane;
  readonly frame?: boolean;
}) {
  const { selecting, store } = useLab();
  const pages = useLabState((state) => state.opened?.machine.pages ?? 0);
  return (
    <span
      onPointerEnter={() => store.setState({ hover: { pfn, pages: 1 } })}
      onPointerLeave={() => store.setState({ hover: null })}
    >
      <LinkWord
        mono
        go={() => (frame ? selecting.visit({ kind: 'page', pfn }, pane) : void selecting.pick(pfn, pane))}
      >
        {pfnText(pfn, pages)}
      </LinkWord>
    </span>
  );
}

export function ProcessLink({ process }: { readonly process: number }) {
  const { selecting } = useLab();
  return <LinkWord go={() => selecting.show({ kind: 'process', process })}>process {process}</LinkWord>;
}

export function FileLink({ file }: { readonly file: number }) {
  const { selecting } = useLab();
  return <LinkWord go={() => selecting.show({ kind: 'file', file })}>file {file}</LinkWord>;
}

/** `step 1,290`, to go there. */
export function StepLink({ step }: { readonly step: number }) {
  const { session, player } = useLab();
  const go = () => {
    player.pause();
    void session.seek({ step, event: 0 });
  };
  return <LinkWord go={go}>step {count(step)}</LinkWord>;
}

/** An owner in words; what has a view of its own leads to it. */
export function OwnerWords({ owner, text }: { readonly owner: Owner | null; readonly text: string }) {
  switch (owner?.kind) {
    case 'region':
      return (
        <>
          <ProcessLink process={owner.process} /> region {owner.region} page {count(owner.page)}
        </>
      );
    case 'file':
      return (
        <>
          <FileLink file={owner.file} /> page {count(owner.page)}
        </>
      );
    case 'stack':
    case 'page-table':
      return (
        <>
          {owner.kind === 'stack' ? 'kernel stack' : 'page table'} of <ProcessLink process={owner.process} />
        </>
      );
    default:
      return text;
  }
}
