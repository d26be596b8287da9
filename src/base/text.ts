/** A PFN or address as the kernel prints it: `0x` and at least `digits` hex digits. */
export function hex(value: number, digits = 3): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

/** A count with commas: 95,460. */
export function count(value: number): string {
  const sign = value < 0 ? '-' : '';
  return (
    sign +
    Math.abs(value)
      .toString()
      .replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  );
}

/** `1 page`, `2 pages`; irregular plurals are given. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** Nanoseconds for people: ns, µs, ms or s with about three digits. */
export function duration(ns: number): string {
  if (ns < 1_000) return `${ns} ns`;
  if (ns < 1_000_000) return `${(ns / 1_000).toFixed(ns < 10_000 ? 1 : 0)} µs`;
  if (ns < 1_000_000_000) return `${(ns / 1_000_000).toFixed(2)} ms`;
  return `${(ns / 1_000_000_000).toFixed(2)} s`;
}

/** Thousandths as the kernel's index files print them: 0.885, -1.000. */
export function thousandths(value: number): string {
  const sign = value < 0 ? '-' : '';
  const abs = Math.abs(value);
  return `${sign}${Math.trunc(abs / 1000)}.${(abs % 1000).toString().padStart(3, '0')}`;
}
