/** Opens and closes the kernel's text, in the top bar. */
import { KeyHint } from '../KeyHint.tsx';
import { useLab, useLabState } from '../lab-context.ts';

export function KernelTextButton() {
  const { store } = useLab();
  const open = useLabState((state) => state.kernelTab !== null);
  return (
    <button
      type="button"
      className="word-btn kernel-word"
      aria-keyshortcuts="K"
      aria-expanded={open}
      onClick={() => store.setState({ kernelTab: open ? null : 'buddyinfo' })}
    >
      Kernel text<KeyHint>K</KeyHint>
    </button>
  );
}
