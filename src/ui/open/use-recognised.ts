/** What the text in the dialog, or the file just chosen, seems to be. */
import { useEffect, useState } from 'react';
import type { Recognition } from '../../worker/protocol.ts';
import { useLab } from '../lab-context.ts';
import { HEAD_BYTES } from './inputs.ts';

/** Null while nothing is there, or not yet known. */
export function useRecognised(content: string | File | null): Recognition | null {
  const { port, tasks } = useLab();
  const [found, setFound] = useState<Recognition | null>(null);
  useEffect(() => {
    if (content === null || content === '') return setFound(null);
    let stale = false;
    const look = async () => {
      const head = new Uint8Array(await new Blob([content]).slice(0, HEAD_BYTES).arrayBuffer());
      const recognition = await port.request({ type: 'recognise', head });
      if (!stale) setFound(recognition);
    };
    void tasks.track(look().catch(() => undefined));
    return () => {
      stale = true;
    };
  }, [content, port, tasks]);
  return found;
}
