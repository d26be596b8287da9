/** The page: top bar, main area, time axis, in the layout the window calls for. */
import './fonts.ts';
import './tokens.css';
import './base.css';
// The editor's sheet is a dialog too, and a file may hover over the page before any has been opened.
import './open/dialog.css';
import './open/open.css';
import './App.css';
import './beside.css';
import './forced-colors.css';
import { lazy, Suspense, useMemo } from 'react';
import { isPageInFull } from '../store/selection.ts';
import { Bottom } from './bottom/Bottom.tsx';
import { FreeColumn } from './free/FreeColumn.tsx';
import { Board } from './grid/Board.tsx';
import { Headline } from './headline/Headline.tsx';
import { Inspector } from './inspector/Inspector.tsx';
import { useKeys } from './keys.ts';
import { useLabState, useSurroundings } from './lab-context.ts';
import { later } from './later.tsx';
import { useDropAndPaste } from './open/use-open.ts';
import { ThemeContext, useTheme, useThemeChoice } from './theme.ts';
import { TopBar } from './top/TopBar.tsx';
import { type LayoutName, useWindowLayout } from './use-layout.ts';
import { useSize } from './use-size.ts';

const KernelTextPanel = lazy(() => import('./kernel-text/KernelTextPanel.tsx'));

const Editor = later(
  async () => (await import('./editor/EditorPanel.tsx')).EditorPanel,
  (state) => state.panel === 'editor',
  { panel: null },
);
const Gallery = later(
  async () => (await import('./gallery/Gallery.tsx')).Gallery,
  (state) => state.panel === 'scenarios',
  { panel: null },
);
const HelpDialog = later(
  async () => (await import('./open/HelpDialog.tsx')).HelpDialog,
  (state) => state.panel === 'help',
  { panel: null },
);
const OpenDialog = later(
  async () => (await import('./open/OpenDialog.tsx')).OpenDialog,
  (state) => state.panel === 'open',
  { panel: null },
);
const ShareDialog = later(
  async () => (await import('./open/ShareDialog.tsx')).ShareDialog,
  (state) => state.panel === 'share',
  { panel: null },
);
const Palette = later(
  async () => (await import('./palette/Palette.tsx')).Palette,
  (state) => state.panel === 'palette',
  { panel: null },
);
const MailPage = later(
  async () => (await import('./mail/MailPage.tsx')).MailPage,
  (state) => state.panel === 'mail',
  { panel: null },
);
const SceneNote = later(
  async () => (await import('./mail/SceneNote.tsx')).SceneNote,
  (state) => state.scene !== null,
  { scene: null },
);
const LimitsPage = later(
  async () => (await import('./limits/LimitsPage.tsx')).LimitsPage,
  (state) => state.panel === 'limits',
  { panel: null },
);
const PlotsView = later(
  async () => (await import('./plots/PlotsView.tsx')).PlotsView,
  (state) => state.plotsOpen,
  { plotsOpen: false },
);
const ExperimentsView = later(
  async () => (await import('./experiments/ExperimentsView.tsx')).ExperimentsView,
  (state) => state.experimentsOpen,
  { experimentsOpen: false },
);
const CompareView = later(
  async () => (await import('./compare/CompareView.tsx')).CompareView,
  (state) => state.compareWith.length > 0,
  { compareWith: [] },
);
const ActsMenu = later(
  async () => (await import('./inspector/ActsMenu.tsx')).ActsMenu,
  (state) => state.menu !== null,
  { menu: null },
);

const HEADLINE_HEIGHT: Readonly<Record<LayoutName, number>> = {
  large: 95,
  wide: 68,
  medium: 0,
  small: 0,
  phone: 0,
};

/** Heights of the sentence and its button with large type in a smaller window, as App.css has them. */
const PRESENTED_HEADLINE = { low: 71, high: 95 } as const;
const LOW = 800;

function headlineHeight(layout: LayoutName, big: boolean): number {
  if (!big || layout !== 'medium') return HEADLINE_HEIGHT[layout];
  return innerHeight <= LOW ? PRESENTED_HEADLINE.low : PRESENTED_HEADLINE.high;
}

function Main({ layout }: { readonly layout: LayoutName }) {
  const [main, size] = useSize<HTMLElement>();
  const { present } = useSurroundings().query;
  const { theme } = useTheme();
  const hasRoom = layout === 'wide' || layout === 'large';
  const full = useLabState(isPageInFull) && hasRoom;
  const kernelText = useLabState((state) => state.kernelTab !== null);
  const visiting = useLabState((state) => state.trail.length > 0);
  // The kernel's lines are long: they get the room of a page that is looked at.
  const inspecting = visiting || (kernelText && hasRoom);
  const big = layout === 'large' || present || theme === 'projector';
  const space = useMemo(
    () => ({
      layout,
      big,
      mainWidth: size.width,
      height: size.height - headlineHeight(layout, big),
      inspecting,
      full,
    }),
    [layout, big, size, inspecting, full],
  );
  const hero = (
    <section className="hero" aria-label="Physical memory and what happened to it">
      <Headline action={layout !== 'phone'} />
      {size.width > 0 && <Board space={space} />}
      {(layout === 'medium' || layout === 'small') && <FreeColumn />}
    </section>
  );
  return (
    <main
      ref={main}
      className={['main', inspecting && 'inspecting', full && 'in-full'].filter(Boolean).join(' ')}
    >
      {hasRoom && !full && <FreeColumn />}
      {hero}
      {kernelText ? (
        <Suspense fallback={null}>
          <KernelTextPanel />
        </Suspense>
      ) : (
        <Inspector layout={layout} />
      )}
    </main>
  );
}

export function App() {
  const { present } = useSurroundings().query;
  const theme = useThemeChoice(useWindowLayout(present));
  const layout = useWindowLayout(present || theme.theme === 'projector');
  const dropping = useDropAndPaste();
  const covered = useLabState((state) => state.plotsOpen || state.experimentsOpen);
  const comparing = useLabState((state) => state.compareWith.length > 0);
  useKeys();
  return (
    <ThemeContext value={theme}>
      <div
        className={['app', dropping && 'dropping', covered && 'plots-open'].filter(Boolean).join(' ')}
        data-layout={layout}
      >
        <div className="head">
          <TopBar layout={layout} />
          <SceneNote />
        </div>
        <CompareView layout={layout} />
        {!comparing && (
          <>
            <Main layout={layout} />
            <PlotsView layout={layout} />
            <ExperimentsView />
            <Bottom layout={layout} />
          </>
        )}
        <OpenDialog />
        <HelpDialog />
        <ShareDialog />
        <Palette />
        <ActsMenu />
        <Gallery />
        <MailPage />
        <LimitsPage />
        <Editor />
      </div>
    </ThemeContext>
  );
}
