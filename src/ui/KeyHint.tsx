/** A key shown on a button. It is no part of the button's name: `aria-keyshortcuts` tells it. */
export function KeyHint({ children }: { readonly children: string }) {
  return (
    <span className="key-hint" aria-hidden="true">
      {children}
    </span>
  );
}
