/** What placement decides, laid over the page grid: obtainable blocks, pageblocks, scanners; their words below it. */
import './placement.css';
import { useId } from 'react';
import { createPortal } from 'react-dom';
import { COLUMN_PAGES, type Layout } from '../../render/layout.ts';
import { useLabState } from '../lab-context.ts';
import { OutlookLegend, OutlookShapes } from './Outlook.tsx';
import { PageblockLegend, PageblockShapes } from './Pageblocks.tsx';
import { ScannerShapes, ScannerWords } from './Scanners.tsx';
import { useReport } from './use-report.ts';

interface PlacementProps {
  /** Where the pages stand, through the camera. */
  readonly layout: Layout;
  readonly width: number;
  readonly height: number;
  /** Where the words go. */
  readonly foot: HTMLElement | null;
}

export function Placement({ layout, width, height, foot }: PlacementProps) {
  const overlay = useLabState((state) => state.overlay);
  const playing = useLabState((state) => state.playing);
  const order = useLabState((state) => (state.askedWhy ?? state.detail?.why)?.order ?? null);
  const policy = useLabState((state) => state.opened?.policy ?? null);
  const hasScanners = policy === 'page-moving' || policy === 'mobility-compaction';
  // Looking at every page of a large machine would hold up a run that plays.
  const stands = !playing || layout.pages <= COLUMN_PAGES;
  const isOutlook = overlay === 'obtainable' && order !== null && stands;
  const outlook = useReport(isOutlook ? { view: 'outlook', order } : null, playing);
  const isPageblocks = overlay === 'pageblocks' && stands;
  const pageblocks = useReport(isPageblocks ? { view: 'pageblocks' } : null, playing);
  const scanners = useReport(hasScanners ? { view: 'scanners' } : null, true);
  const waits = !stands && (overlay === 'obtainable' || overlay === 'pageblocks');
  const id = useId();
  return (
    <>
      <svg
        className="placement"
        width={width}
        height={height}
        aria-hidden="true"
        style={{ '--hatch': `url(#${id})` } as React.CSSProperties}
      >
        <defs>
          <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <path className="hatch-line" d="M0 3H6" />
          </pattern>
        </defs>
        {pageblocks && <PageblockShapes report={pageblocks} layout={layout} />}
        {outlook && <OutlookShapes report={outlook} layout={layout} />}
        {scanners && <ScannerShapes report={scanners} layout={layout} />}
      </svg>
      {foot !== null &&
        createPortal(
          <div className="placement-words" style={{ '--hatch': `url(#${id})` } as React.CSSProperties}>
            {outlook && <OutlookLegend report={outlook} />}
            {pageblocks && <PageblockLegend report={pageblocks} />}
            {waits && <p className="muted small">The overlay is drawn again when the run stands still.</p>}
            {scanners && <ScannerWords report={scanners} />}
          </div>,
          foot,
        )}
    </>
  );
}
