/** A canvas that draws nothing and writes down every call, so that painters are tested without pixels. */

export interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly fillStyle: string;
  readonly strokeStyle: string;
  readonly dash: readonly number[];
}

export interface FakeCanvas {
  readonly canvas: HTMLCanvasElement;
  readonly log: Call[];
}

const CHARACTER_WIDTH = 7;

/** A canvas whose 2D context logs into `log`. Image data, text metrics and the dash are kept; the rest is a note. */
export function fakeCanvas(): FakeCanvas {
  const log: Call[] = [];
  const values: Record<string, unknown> = { fillStyle: '', strokeStyle: '', globalAlpha: 1 };
  let dash: readonly number[] = [];
  const answers: Record<string, (...args: never[]) => unknown> = {
    measureText: (text: string) => ({ width: text.length * CHARACTER_WIDTH }),
    createImageData: (w: number, h: number) => ({
      width: w,
      height: h,
      data: new Uint8ClampedArray(w * h * 4),
    }),
  };
  const note = (name: string, args: readonly unknown[]) => {
    if (name === 'setLineDash') dash = args[0] as readonly number[];
    log.push({
      name,
      args,
      fillStyle: String(values['fillStyle']),
      strokeStyle: String(values['strokeStyle']),
      dash,
    });
  };
  const element: Record<string, unknown> = { width: 300, height: 150, style: {} };
  const context = new Proxy(values, {
    get(target, name: string) {
      if (name === 'canvas') return element;
      if (name in target) return target[name];
      return (...args: never[]) => {
        note(name, args);
        return answers[name]?.(...args);
      };
    },
    set(target, name: string, value) {
      target[name] = value;
      return true;
    },
  });
  element['getContext'] = () => context;
  return { canvas: element as unknown as HTMLCanvasElement, log };
}

/** x, y of every corner that a call draws to, in the units of the context. */
export function corners(call: Call): [number, number][] {
  const n = call.args as number[];
  const box = (x: number, y: number, w: number, h: number): [number, number][] => [
    [x, y],
    [x + w, y + h],
  ];
  if (['fillRect', 'strokeRect', 'rect', 'roundRect'].includes(call.name))
    return box(n[0]!, n[1]!, n[2]!, n[3]!);
  if (call.name === 'moveTo' || call.name === 'lineTo') return [[n[0]!, n[1]!]];
  if (call.name === 'arc') return box(n[0]! - n[2]!, n[1]! - n[2]!, 2 * n[2]!, 2 * n[2]!);
  if (call.name === 'fillText') return [[n[1]!, n[2]!]];
  return [];
}
