/** The overlay of the moment: what was chosen, with the bytes that go with the picture. */
import { useMemo } from 'react';
import { NO_OVERLAY, type Overlay } from '../../render/tint.ts';
import { useLabState } from '../lab-context.ts';

/** The pages the last step changed, a byte each. */
function changedBytes(pages: number, changed: readonly { pfn: number; pages: number }[]): Uint8Array {
  const bytes = new Uint8Array(pages);
  for (const range of changed) bytes.fill(1, range.pfn, range.pfn + range.pages);
  return bytes;
}

/** None until the engine has sent what the chosen one needs. */
export function useOverlay(pages: number): Overlay {
  const name = useLabState((state) => state.overlay);
  const sent = useLabState((state) => state.frame?.overlay ?? null);
  const changed = useLabState(
    (state) => (state.overlay === 'changed' ? state.detail?.changed : null) ?? null,
  );
  return useMemo(() => {
    switch (name) {
      case 'none':
        return NO_OVERLAY;
      case 'pins':
        return { kind: 'pins' };
      case 'changed':
        return { kind: 'changed', bytes: changedBytes(pages, changed ?? []) };
      default:
        return sent?.what === name && sent.bytes.length === pages
          ? { kind: name, bytes: sent.bytes }
          : NO_OVERLAY;
    }
  }, [name, sent, changed, pages]);
}
