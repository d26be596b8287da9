/** A row of numbers that knows its smallest: a tournament tree, with each change played up to the root. */

export interface MinimumTree {
  /** Places, a power of two. */
  readonly width: number;
  /** Node 1 is the root, children of n are 2n and 2n+1, place i is node width + i. */
  readonly nodes: Uint32Array;
}

/** `length` places of 0; what the power of two above has more counts as the largest number. */
export function createMinimumTree(length: number): MinimumTree {
  let width = 1;
  while (width < length) width *= 2;
  const tree = { width, nodes: new Uint32Array(2 * width).fill(0xffffffff) };
  for (let i = 0; i < length; i++) setPlace(tree, i, 0);
  return tree;
}

/** Number at a place. */
export function placeValue(tree: MinimumTree, place: number): number {
  return tree.nodes[tree.width + place]!;
}

/** Sets the number at a place. */
export function setPlace({ width, nodes }: MinimumTree, place: number, value: number): void {
  let node = width + place;
  nodes[node] = value;
  while (node > 1) {
    const least = Math.min(nodes[node]!, nodes[node ^ 1]!);
    node >>= 1;
    if (nodes[node] === least) return;
    nodes[node] = least;
  }
}

/** The smallest number. */
export function leastValue(tree: MinimumTree): number {
  return tree.nodes[1]!;
}

/** A place that holds the smallest number, the first of them. */
export function leastPlace({ width, nodes }: MinimumTree): number {
  let node = 1;
  while (node < width) {
    node *= 2;
    if (nodes[node] !== nodes[node >> 1]) node++;
  }
  return node - width;
}

/** Sets every place that was given a number to 0 again. */
export function clearPlaces(tree: MinimumTree, length: number): void {
  for (let i = 0; i < length; i++) setPlace(tree, i, 0);
}
