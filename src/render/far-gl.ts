/**
 * The overview on WebGL2: one quad. The fragment shader finds the page under its pixel as the hit-test does: tile by
 * division, cell by a table, code from a texture 2,048 wide in PFN order, colour from a palette of 256. Levels below
 * a pixel a page are textures of their own, so a pixel shows exactly what Canvas 2D shows.
 */
import { pixelPlaces, TILE_SIDE } from './cell-order.ts';
import { type FarPainter, type FarPicture, imageScale } from './far-painter.ts';
import { PLANE_WIDTH } from './far-plane.ts';

const VERTEX = `#version 300 es
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
precision highp int;
precision highp usampler2D;
uniform usampler2D uCodes;
uniform usampler2D uCells;
uniform sampler2D uPalette;
uniform vec2 uOrigin;
uniform float uHeight;
uniform float uStep;
uniform int uPitch;
uniform int uSide;
uniform int uShift;
uniform int uColumns;
uniform int uCount;
out vec4 colour;
void main() {
  // Less a trifle: where an edge falls on the middle of a pixel, Canvas 2D takes the page before it.
  vec2 at = (vec2(gl_FragCoord.x, uHeight - gl_FragCoord.y) - uOrigin) / uStep - 0.001;
  colour = vec4(0.0);
  if (at.x < 0.0 || at.y < 0.0) return;
  ivec2 pixel = ivec2(floor(at));
  ivec2 tileAt = pixel / uPitch;
  ivec2 cell = pixel - tileAt * uPitch;
  if (cell.x >= uSide || cell.y >= uSide || tileAt.x >= uColumns) return;
  int tile = tileAt.y * uColumns + tileAt.x;
  int index = (tile << uShift) + int(texelFetch(uCells, cell, 0).r);
  if (index >= uCount) return;
  uint code = texelFetch(uCodes, ivec2(index % ${PLANE_WIDTH}, index / ${PLANE_WIDTH}), 0).r;
  colour = texelFetch(uPalette, ivec2(int(code), 0), 0);
}`;

const UNIFORMS = [
  'uCodes',
  'uCells',
  'uPalette',
  'uOrigin',
  'uHeight',
  'uStep',
  'uPitch',
  'uSide',
  'uShift',
  'uColumns',
  'uCount',
] as const;

type Uniforms = Readonly<Record<(typeof UNIFORMS)[number], WebGLUniformLocation | null>>;

function compiled(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader {
  const shader = gl.createShader(type);
  if (!shader) throw new Error('no shader: the gl context is lost');
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  return shader;
}

function linked(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  gl.attachShader(program, compiled(gl, gl.VERTEX_SHADER, VERTEX));
  gl.attachShader(program, compiled(gl, gl.FRAGMENT_SHADER, FRAGMENT));
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`page grid shader did not link: ${gl.getProgramInfoLog(program) ?? 'no reason given'}`);
  }
  return program;
}

/** A texture read by `texelFetch` alone: no filter, no repeat, no mipmap. */
function texture(gl: WebGL2RenderingContext, unit: number): WebGLTexture {
  const made = gl.createTexture();
  gl.activeTexture(gl.TEXTURE0 + unit);
  gl.bindTexture(gl.TEXTURE_2D, made);
  for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
    gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
  for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T])
    gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE);
  return made;
}

const CODES = 0;
const CELLS = 1;
const PALETTE = 2;

export class GlFarPainter implements FarPainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #gl: WebGL2RenderingContext;
  readonly #uniforms: Uniforms;
  readonly #lost: () => void;
  readonly #onLost: (event: Event) => void;
  #level: Uint8Array | null = null;
  #rows = 0;
  #cells = '';
  #words: Uint32Array | null = null;

  /** `lost` is called when the context is; from then on nothing is drawn. */
  constructor(canvas: HTMLCanvasElement, lost: () => void) {
    const gl = canvas.getContext('webgl2', { antialias: false, depth: false, premultipliedAlpha: true });
    if (!gl) throw new Error('no webgl2 context for the page grid: expected chooseBackend to be asked first');
    this.#canvas = canvas;
    this.#gl = gl;
    this.#lost = lost;
    this.#onLost = (event) => {
      event.preventDefault();
      lost();
    };
    canvas.addEventListener('webglcontextlost', this.#onLost);
    const program = linked(gl);
    gl.useProgram(program);
    this.#uniforms = Object.fromEntries(
      UNIFORMS.map((name) => [name, gl.getUniformLocation(program, name)]),
    ) as Uniforms;
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    for (const unit of [CODES, CELLS, PALETTE]) texture(gl, unit);
    gl.uniform1i(this.#uniforms.uCodes, CODES);
    gl.uniform1i(this.#uniforms.uCells, CELLS);
    gl.uniform1i(this.#uniforms.uPalette, PALETTE);
  }

  loseContext(): boolean {
    const extension = this.#gl.getExtension('WEBGL_lose_context');
    extension?.loseContext();
    return extension !== null;
  }

  paint(front: CanvasRenderingContext2D, picture: FarPicture): void {
    const gl = this.#gl;
    if (gl.isContextLost()) {
      this.#lost();
      return;
    }
    const { seen, dpr } = picture;
    this.#fit(Math.ceil(seen.width * dpr), Math.ceil(seen.height * dpr));
    this.#upload(picture);
    this.#place(picture);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    front.imageSmoothingEnabled = false;
    front.drawImage(this.#canvas, 0, 0, this.#canvas.width / dpr, this.#canvas.height / dpr);
  }

  dispose(): void {
    this.#canvas.removeEventListener('webglcontextlost', this.#onLost);
    this.loseContext();
    this.#canvas.width = 0;
  }

  #fit(width: number, height: number): void {
    if (this.#canvas.width === width && this.#canvas.height === height) return;
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#gl.viewport(0, 0, width, height);
  }

  #upload(picture: FarPicture): void {
    this.#uploadCells(picture);
    this.#uploadPalette(picture.words);
    const { codes } = picture.level;
    if (codes !== this.#level) this.#uploadAll(codes);
    else this.#uploadChanged(picture);
  }

  #uploadAll(codes: Uint8Array): void {
    const gl = this.#gl;
    const rows = codes.length / PLANE_WIDTH;
    gl.activeTexture(gl.TEXTURE0 + CODES);
    if (rows === this.#rows) this.#uploadRows(codes, 0, rows);
    else {
      const { RED_INTEGER, UNSIGNED_BYTE, TEXTURE_2D, R8UI } = gl;
      gl.texImage2D(TEXTURE_2D, 0, R8UI, PLANE_WIDTH, rows, 0, RED_INTEGER, UNSIGNED_BYTE, codes);
    }
    this.#level = codes;
    this.#rows = rows;
  }

  /** Whole rows, neighbouring ones together: a call costs more than a row. */
  #uploadChanged({ changed, level }: FarPicture): void {
    this.#gl.activeTexture(this.#gl.TEXTURE0 + CODES);
    const close = 8;
    let first = -1;
    let end = -1;
    for (const tile of changed) {
      const row = Math.floor((tile << level.shift) / PLANE_WIDTH);
      if (first >= 0 && row > end + close) {
        this.#uploadRows(level.codes, first, end);
        first = -1;
      }
      if (first < 0) first = row;
      end = row + 1;
    }
    if (first >= 0) this.#uploadRows(level.codes, first, end);
  }

  #uploadRows(codes: Uint8Array, first: number, end: number): void {
    const { TEXTURE_2D, RED_INTEGER, UNSIGNED_BYTE } = this.#gl;
    const rows = codes.subarray(first * PLANE_WIDTH, end * PLANE_WIDTH);
    this.#gl.texSubImage2D(
      TEXTURE_2D,
      0,
      0,
      first,
      PLANE_WIDTH,
      end - first,
      RED_INTEGER,
      UNSIGNED_BYTE,
      rows,
    );
  }

  /** The table from a cell of a tile to the pixel of its level. */
  #uploadCells({ seen, fold }: FarPicture): void {
    const key = `${seen.mode}${fold}`;
    if (key === this.#cells) return;
    const side = TILE_SIDE >> fold;
    const table = new Uint16Array(side * side);
    pixelPlaces(seen.mode, fold).forEach((place, pixel) => {
      table[place] = pixel;
    });
    const gl = this.#gl;
    gl.activeTexture(gl.TEXTURE0 + CELLS);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R16UI, side, side, 0, gl.RED_INTEGER, gl.UNSIGNED_SHORT, table);
    this.#cells = key;
  }

  #uploadPalette(words: Uint32Array): void {
    if (words === this.#words) return;
    const gl = this.#gl;
    const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
    gl.activeTexture(gl.TEXTURE0 + PALETTE);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, words.length, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
    this.#words = words;
  }

  #place({ seen, fold, level, dpr }: FarPicture): void {
    const gl = this.#gl;
    const uniforms = this.#uniforms;
    const scale = imageScale(seen);
    gl.uniform2f(uniforms.uOrigin, seen.left * dpr, seen.top * dpr);
    gl.uniform1f(uniforms.uHeight, this.#canvas.height);
    gl.uniform1f(uniforms.uStep, scale * dpr);
    gl.uniform1i(uniforms.uPitch, Math.round((TILE_SIDE * seen.cell + seen.tileGap) / scale));
    gl.uniform1i(uniforms.uSide, TILE_SIDE >> fold);
    gl.uniform1i(uniforms.uShift, level.shift);
    gl.uniform1i(uniforms.uColumns, seen.tilesPerRow);
    gl.uniform1i(uniforms.uCount, fold > 0 ? seen.tiles << level.shift : seen.pages);
  }
}
