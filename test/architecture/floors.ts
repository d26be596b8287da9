/** What the files of one folder of src may import besides the folder itself. */
export interface Floor {
  /** Folders, or one file of a folder without its extension (`worker/protocol`). */
  readonly may: readonly string[];
  /** The same, for types only: gone when the code runs. */
  readonly types?: readonly string[];
  /** False where no npm package may be imported. */
  readonly packages?: false;
}

/**
 * The arrows between the folders of src, lowest floor first. src/README.md shows this table to people
 * and a test keeps the two equal.
 */
export const floors: Readonly<Record<string, Floor>> = {
  base: { may: [], packages: false },
  engine: { may: ['base'], packages: false },
  'kernel-text': { may: ['engine', 'base'] },
  scenario: { may: ['engine', 'base'] },
  analysis: { may: ['kernel-text', 'engine', 'base'] },
  history: { may: ['engine', 'base'] },
  import: { may: ['kernel-text', 'scenario', 'analysis', 'engine', 'base'] },
  lessons: { may: ['scenario', 'analysis', 'engine', 'base'] },
  experiment: { may: ['scenario', 'analysis', 'engine', 'base'] },
  worker: {
    may: [
      'history',
      'scenario',
      'import',
      'analysis',
      'experiment',
      'kernel-text',
      'lessons',
      'engine',
      'base',
    ],
  },
  render: { may: ['base'] },
  store: {
    may: ['worker', 'history', 'scenario', 'analysis', 'experiment', 'engine', 'base'],
    types: ['render'],
  },
  ui: {
    may: ['store', 'render', 'lessons', 'worker/protocol', 'scenario', 'analysis', 'experiment', 'base'],
    types: ['engine'],
  },
  cli: {
    may: [
      'worker',
      'experiment',
      'lessons',
      'import',
      'history',
      'analysis',
      'scenario',
      'kernel-text',
      'engine',
      'base',
    ],
  },
};
