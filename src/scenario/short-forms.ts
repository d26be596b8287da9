/** Fields that a word may stand for: `machine.device: ssd` is the map `like: ssd`. */

/** The map that a short form at `path` stands for; any other value as it is. */
export function longForm(path: readonly (string | number)[], value: unknown): unknown {
  const isDevice = path.length === 2 && path[0] === 'machine' && path[1] === 'device';
  return isDevice && typeof value === 'string' ? { like: value } : value;
}
