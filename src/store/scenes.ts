/** Scenes of the mail and of the limits: their links, and going there. */
import type { Scene, SceneView } from '../analysis/mail/scene.ts';
import { findShipped } from '../experiment/shipped.ts';
import { encodeLink } from '../scenario/links/codec.ts';
import type { LinkPage } from '../worker/protocol.ts';
import type { Lab } from './lab.ts';
import type { LabState } from './state.ts';

/** The scene as a link's fragment, such as people may type: `#v=1&preset=one-slab&step=2182`. */
export function sceneLink({ preset, policy, step, event = 0, beside, experiment }: Scene): string {
  const choice = experiment === undefined ? undefined : findShipped(experiment)?.choice;
  return encodeLink(
    {
      preset,
      ...(policy === undefined ? {} : { policy }),
      step,
      event,
      ...(beside === undefined ? {} : { compare: beside }),
      ...(choice === undefined ? {} : { experiment: choice }),
    },
    '',
  ).url;
}

/** Nothing lies over the picture or stands in the explanation's place. */
const BARE: Partial<LabState> = {
  panel: null,
  plotsOpen: false,
  experimentsOpen: false,
  kernelTab: null,
  askedWhy: null,
  overlay: 'none',
};

/**
 * Opens a scene: its preset at its moment, with the part of the page that shows it.
 * @param about the mail's sentence or the limit's title
 * @returns whether it opened; where not, the page says why
 */
export async function openScene(
  lab: Pick<Lab, 'store' | 'session' | 'selecting' | 'address'>,
  scene: Scene,
  from: LinkPage,
  about: string,
): Promise<boolean> {
  const { store, session, address } = lab;
  // Back leads to the page of text, also where the scene is the moment behind it, or chosen at once.
  const left = address.leave();
  await address.settle();
  store.setState(BARE);
  if (!(await session.open({ kind: 'link', url: sceneLink(scene) }, { quiet: true }))) {
    left.stayed();
    return false;
  }
  const { look, plot = null, against = null } = scene;
  const figure = scene.experiment === undefined ? undefined : findShipped(scene.experiment)?.figure;
  store.setState({
    scene: { from, about, look, plot, against },
    ...(figure === undefined ? {} : { experimentFigure: figure }),
  });
  await show(lab, scene.view);
  left.arrived();
  return true;
}

async function show({ store, session, selecting }: Parameters<typeof openScene>[0], view: SceneView) {
  switch (view) {
    case 'memory':
    // the link that was opened has set these up
    case 'compare':
    case 'experiments':
      return;
    case 'why':
      return session.why(store.getState().opened?.machine.slabOrder ?? 0);
    case 'caches':
    case 'zones':
    case 'cpus':
    case 'boot':
    case 'pools':
    case 'search':
    case 'creep':
    case 'costs':
      return selecting.show({ kind: view });
    case 'plots':
      return store.setState({ plotsOpen: true });
    case 'pins':
      return store.setState({ overlay: 'pins' });
    case 'limits':
      return store.setState({ panel: 'limits' });
    default:
      return store.setState({ kernelTab: view });
  }
}
