/** Whether the answer of all policies was asked for by its button: it then comes into view by itself, once. */
let pressed = false;

export function notePressed(): void {
  pressed = true;
}

/** Forgets it. */
export function takePressed(): boolean {
  const was = pressed;
  pressed = false;
  return was;
}
