/** The camera's state over a layout that may change: what is seen, and how it moves. */
import {
  type Anchor,
  anchorAt,
  type Camera,
  cameraAt,
  cameraOn,
  legalScale,
  panned,
  type Room,
  type Stand,
  seenFrom,
  standOf,
  type Viewport,
  viewportAt,
  zoomed,
} from './camera.ts';
import { type Layout, PAD } from './layout.ts';
import type { PageRange } from './page-view.ts';

export class Viewpoint {
  /** Null shows the whole machine. */
  #stand: Stand | null = null;
  #fit: Layout;
  #room: Room;
  #seen: Layout | null = null;
  /** What the last zoom held, so that zooming out and in again over one spot ends where it began. */
  #held: { readonly x: number; readonly y: number; readonly anchor: Anchor } | null = null;

  constructor(fit: Layout, room: Room) {
    this.#fit = fit;
    this.#room = room;
  }

  /** The machine or the room changed. What is in the middle stays there if it can. */
  place(fit: Layout, room: Room): void {
    const before = this.#fit;
    const isSame = before.pages === fit.pages && before.mode === fit.mode;
    if (this.#stand && isSame && before.pages > 0) {
      const middle = anchorAt(this.seen, this.#room.width / 2, this.#room.height / 2);
      const scale = legalScale(fit, this.#stand.scale);
      const isFit = scale <= fit.cell;
      this.#stand = isFit ? null : zoomed(fit, scale, room, middle, room.width / 2, room.height / 2);
    } else this.#stand = null;
    this.#fit = fit;
    this.#room = room;
    this.#changed();
  }

  get seen(): Layout {
    this.#seen ??= this.#stand ? seenFrom(this.#fit, this.#stand, this.#room) : this.#fit;
    return this.#seen;
  }

  get camera(): Camera {
    return cameraAt(this.#fit, this.#standing, this.#room);
  }

  get viewport(): Viewport {
    return viewportAt(this.#fit, this.#standing, this.#room);
  }

  set(camera: Camera): void {
    this.#go(standOf(this.#fit, camera, this.#room));
  }

  fit(): void {
    this.#stand = null;
    this.#changed();
  }

  pan(dx: number, dy: number): void {
    if (!this.#stand) return;
    this.#stand = panned(this.#fit, this.#stand, this.#room, dx, dy);
    this.#changed();
  }

  zoom(x: number, y: number, factor: number): void {
    const scale = legalScale(this.#fit, this.#standing.scale * factor);
    const held = this.#held?.x === x && this.#held.y === y ? this.#held : null;
    const anchor = held?.anchor ?? anchorAt(this.seen, x, y);
    this.#go(zoomed(this.#fit, scale, this.#room, anchor, x, y));
    if (this.#stand) this.#held = { x, y, anchor };
  }

  show(range: PageRange, largest?: number): void {
    this.#go(cameraOn(this.#fit, range, this.#room, largest));
  }

  get #standing(): Stand {
    return this.#stand ?? { scale: this.#fit.cell, left: PAD, top: PAD };
  }

  /** At the whole machine's own scale there is nothing to move. */
  #go(stand: Stand): void {
    this.#stand = stand.scale <= this.#fit.cell ? null : stand;
    this.#changed();
  }

  #changed(): void {
    this.#seen = null;
    this.#held = null;
  }
}
