/** Which back end draws the page grid. */

export type Backend = 'canvas2d' | 'webgl2';

/** What is known of a browser's WebGL2: whether there is any, and the name its driver gives. */
export interface GlProbe {
  readonly available: boolean;
  readonly renderer: string;
}

export interface BackendChoice {
  readonly backend: Backend;
  /** Why, in a few words, for a page that shows it. */
  readonly reason: string;
}

/** GL drawn by the processor is slower than Canvas 2D. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Asks a canvas of its own for a WebGL2 context and its driver's name, and gives the context back. */
export function probeGl(makeCanvas = () => document.createElement('canvas')): GlProbe {
  const gl = makeCanvas().getContext('webgl2');
  if (!gl) return { available: false, renderer: '' };
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return { available: true, renderer: typeof name === 'string' ? name : '' };
}

/**
 * Chooses a back end. `forced`: what the page's address asks for, if anything; a forced WebGL2 is used on software
 * GL too, but not where there is none. An unknown word counts as nothing.
 */
export function chooseBackend(input: {
  readonly forced?: string | null;
  readonly probe: () => GlProbe;
}): BackendChoice {
  if (input.forced === 'canvas2d') return { backend: 'canvas2d', reason: 'asked for' };
  const { available, renderer } = input.probe();
  if (!available) return { backend: 'canvas2d', reason: 'no webgl2' };
  if (input.forced === 'webgl2') return { backend: 'webgl2', reason: 'asked for' };
  if (SOFTWARE.test(renderer)) return { backend: 'canvas2d', reason: `software gl: ${renderer}` };
  return { backend: 'webgl2', reason: renderer === '' ? 'webgl2' : renderer };
}
