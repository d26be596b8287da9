/** What a file of plots says of where it comes from, and how it is called. */
import type { StepRange } from '../../store/state.ts';

export type FileKind = 'SVG' | 'PNG' | 'CSV';

export interface Origin {
  readonly title: string;
  /** Preset, or the scenario's title. */
  readonly scenario: string;
  readonly policy: string;
  /** The policy whose curves are laid over these; absent where none are. */
  readonly against?: string;
  readonly seed: number;
  readonly step: number;
  readonly length: number;
  readonly range: StepRange;
  readonly engineVersion: string;
  /** Empty where the moment has no link. */
  readonly url: string;
}

/** The origin as lines `name: value`, the same in every kind of file. */
export function originLines(origin: Origin): readonly string[] {
  const { scenario, policy, against, seed, step, length, range, engineVersion, url } = origin;
  return [
    `scenario: ${oneLine(scenario)}`,
    `policy: ${policy}`,
    ...(against === undefined ? [] : [`against: ${against}, on the same operations`]),
    `seed: ${seed}`,
    `step: ${step} of ${length}`,
    `steps shown: ${range.from} to ${range.to}`,
    `order0 engine version: ${engineVersion}`,
    ...(url === '' ? [] : [`link: ${url}`]),
  ];
}

/** Without line breaks and other control characters, which neither XML nor a comment line can hold. */
export const oneLine = (text: string) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

/** `order0-one-slab-free.svg`; what is no letter, digit or hyphen becomes a hyphen. */
export function fileName({ scenario }: Origin, what: string, kind: FileKind): string {
  const words = `order0-${scenario}-${what}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${words.replace(/^-|-$/g, '')}.${kind.toLowerCase()}`;
}
