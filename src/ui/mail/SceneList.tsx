/** Buttons that lead to moments, each with what to look at there. */
import { useEffect, useState } from 'react';
import type { Scene } from '../../analysis/mail/scene.ts';
import type { PolicyId } from '../../engine/config.ts';
import { openScene } from '../../store/scenes.ts';
import type { LinkPage } from '../../worker/protocol.ts';
import { useLab } from '../lab-context.ts';

/** Policies that can be run; null until the engine has said so. */
export function usePolicies(): readonly PolicyId[] | null {
  const { port, tasks } = useLab();
  const [policies, setPolicies] = useState<readonly PolicyId[] | null>(null);
  useEffect(() => {
    const ask = port.request({ type: 'policies' }).then(setPolicies, () => undefined);
    void tasks.track(ask);
  }, [port, tasks]);
  return policies;
}

/** The policy that a scene waits for; null where it can be opened. */
export const missingPolicy = ({ policy }: Scene, policies: readonly PolicyId[] | null): PolicyId | null =>
  policy === undefined || policies === null || policies.includes(policy) ? null : policy;

interface SceneListProps {
  readonly scenes: readonly Scene[];
  readonly policies: readonly PolicyId[] | null;
  readonly from: LinkPage;
  /** The mail's sentence, or the limit's title. */
  readonly about: string;
}

export function SceneList({ scenes, policies, from, about }: SceneListProps) {
  const lab = useLab();
  return (
    <ul className="scenes">
      {scenes.map((scene) => {
        const missing = missingPolicy(scene, policies);
        return (
          <li key={scene.name}>
            <button
              type="button"
              className="scene-button"
              disabled={missing !== null}
              onClick={() => void openScene(lab, scene, from, about)}
            >
              {scene.name}
            </button>
            <span className="look">
              {missing === null ? scene.look : `Needs the ${missing} policy, which is not built yet.`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
