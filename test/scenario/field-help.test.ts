import { describe, expect, it } from 'vitest';
import { fieldAt, fieldsAt } from '../../src/scenario/field-help.ts';

const names = (path: readonly (string | number)[], data: unknown = {}) =>
  fieldsAt(path, data).map(({ name }) => name);

describe('what the schema says of fields', () => {
  it('lists the fields of a map in the schema’s order', () => {
    expect(names([]).slice(0, 4)).toEqual(['order0', 'title', 'summary', 'machine']);
    expect(names(['policy'])).toContain('maxDefragScan');
    expect(names(['nowhere'])).toEqual([]);
  });

  it('gives bounds, words and defaults', () => {
    expect(fieldAt(['machine', 'pages'], {})).toMatchObject({
      kind: 'integer',
      low: 64,
      high: 4_194_304,
      required: true,
    });
    expect(fieldAt(['machine', 'cpus'], {})).toMatchObject({ required: false, fallback: 1 });
    expect(fieldAt(['policy', 'victim'], {})?.words).toContain('fewest-objects');
    expect(fieldAt(['policy', 'drainFirst'], {})?.kind).toBe('flag');
    expect(fieldAt(['machine', 'device'], {})).toMatchObject({
      kind: 'choice',
      words: ['hdd', 'ssd', 'nvme'],
    });
  });

  it('knows an actor by its kind', () => {
    const data = { workload: { actors: [{ kind: 'files' }, { kind: 'pins' }] } };
    expect(names(['workload', 'actors', 0], data)).toContain('sequential');
    expect(names(['workload', 'actors', 1], data)).not.toContain('sequential');
    expect(fieldAt(['workload', 'actors', 0, 'size'], data)).toMatchObject({ kind: 'number', isRange: true });
  });

  it('offers all kinds where the actor has none yet', () => {
    const kinds = fieldAt(['workload', 'actors', 0, 'kind'], { workload: { actors: [{}] } })?.words;
    expect(kinds).toEqual([
      'processes',
      'files',
      'dentries',
      'kernel',
      'highOrder',
      'mempool',
      'pins',
      'writeback',
      'exitAll',
    ]);
  });

  it('describes every field of every map', () => {
    const silent: string[] = [];
    const data = {
      workload: { actors: [{ kind: 'processes' }, { kind: 'highOrder' }, { kind: 'exitAll' }] },
    };
    const maps = [[], ['machine'], ['machine', 'arrays'], ['policy'], ['workload']];
    const actors = data.workload.actors.map((_, i) => ['workload', 'actors', i]);
    for (const path of [...maps, ...actors]) {
      for (const { name, description } of fieldsAt(path, data)) {
        if (description === '' && name !== 'kind') silent.push([...path, name].join('.'));
      }
    }
    expect(silent).toEqual([]);
  });
});
