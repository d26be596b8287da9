/** Says the moment's line to readers, 600 ms after the last change, and nothing while playing. */
import { useEffect, useState } from 'react';
import { useLabState } from '../lab-context.ts';

const SAY_AFTER_MS = 600;

export function LiveRegion() {
  const line = useLabState((state) => state.detail?.narration.current.text ?? '');
  const remark = useLabState((state) => state.remark);
  const playing = useLabState((state) => state.playing);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (playing) return;
    const handle = setTimeout(() => setSaid([line, remark].filter(Boolean).join('. ')), SAY_AFTER_MS);
    return () => clearTimeout(handle);
  }, [line, remark, playing]);
  return (
    <div className="vh" role="status" aria-live="polite">
      {said}
    </div>
  );
}
