/** The text of the moment shown: asked for again when the moment or the file changes, the latest wish only. */
import { useEffect, useRef, useState } from 'react';
import type { KernelTab, KernelText } from '../../worker/protocol.ts';
import { useLab, useLabState } from '../lab-context.ts';

export interface ShownText extends KernelText {
  readonly file: KernelTab;
}

/** Null until the first answer; keeps the last one while the next is under way. */
export function useKernelText(file: KernelTab): ShownText | null {
  const { port, tasks } = useLab();
  const at = useLabState((state) => state.frame?.at ?? null);
  const opened = useLabState((state) => state.opened);
  const [shown, setShown] = useState<ShownText | null>(null);
  const wish = useRef<(() => void) | null>(null);
  const busy = useRef(false);
  useEffect(() => {
    if (at === null || opened === null) return;
    let wanted = true;
    const ask = () => {
      busy.current = true;
      const answer = port.request({ type: 'kernel-text', at, file }).then(
        (text) => wanted && setShown({ ...text, file }),
        (error: unknown) => wanted && setShown({ text: '', notes: [String(error)], file }),
      );
      void tasks.track(answer).then(() => {
        busy.current = false;
        const next = wish.current;
        wish.current = null;
        next?.();
      });
    };
    if (busy.current) wish.current = ask;
    else ask();
    return () => {
      wanted = false;
    };
  }, [port, tasks, at, opened, file]);
  return shown?.file === file ? shown : null;
}
