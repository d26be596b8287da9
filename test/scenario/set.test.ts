import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/parse.ts';
import { resolveScenario } from '../../src/scenario/resolve.ts';
import { applySet, applySets } from '../../src/scenario/set.ts';
import { FULL, SMALL } from './texts.ts';

/** The scenario after an assignment, or its problems as text. */
function after(text: string, ...assignments: string[]) {
  const set = applySets(text, assignments);
  return set.ok ? set.scenario : set.problems.map(({ message }) => message).join('\n');
}

describe('setting a field', () => {
  it.each([
    ['machine.pages=4194304', { machine: { pages: 4_194_304 } }],
    ['policy.maxDefragScan=16', { policy: { maxDefragScan: 16 } }],
    ['policy.name=buddy-2.6', { policy: { name: 'buddy-2.6' } }],
    ['policy.drainFirst=false', { policy: { drainFirst: false } }],
    ['seed=7', { seed: 7 }],
    ['machine.arrays={limit: 2, batchcount: 1, shared: 0}', { machine: { arrays: { limit: 2 } } }],
    ['title=a = b', { title: 'a = b' }],
  ])('%s', (assignment, expected) => {
    expect(after(SMALL, assignment)).toMatchObject(expected);
  });

  it('reaches into lists, by either way of writing', () => {
    const expected = { workload: { actors: [{ size: [0.1, 0.2] }, {}, {}, {}] } };
    expect(after(FULL, 'workload.actors[0].size=[0.1, 0.2]')).toMatchObject(expected);
    expect(after(FULL, 'workload.actors.0.size=[0.1, 0.2]')).toMatchObject(expected);
  });

  it('works on a parsed scenario and leaves it unharmed', () => {
    const parsed = parseScenario(FULL);
    if (!parsed.ok) throw new Error('the text is a scenario');
    const before = structuredClone(parsed.scenario);
    const set = applySet(parsed.scenario, 'machine.cpus=4');
    expect(set).toMatchObject({ ok: true, scenario: { machine: { cpus: 4 } } });
    expect(parsed.scenario).toEqual(before);
  });

  it('makes the same scenario as the field written out', () => {
    const written = parseScenario(SMALL.replace('pages: 1024', 'pages: 2048'));
    expect(written.ok && after(SMALL, 'machine.pages=2048')).toEqual(written.ok && written.scenario);
  });

  it.each([
    ['machine.page=3', 'set machine.page: unknown key, did you mean pages?'],
    ['machine.pages.more=3', 'set machine.pages: expected a map or list, met 1024'],
    ['colour=red', 'set colour: unknown key'],
    ['__proto__.polluted=1', 'set __proto__: unknown key'],
    ['machine.constructor=1', 'set machine.constructor: unknown key'],
    ['machine.pages', 'expected PATH=VALUE'],
    ['=3', 'expected PATH=VALUE'],
    [
      'workload.actors[5].live=3',
      'set workload.actors[5]: expected a place from 0 to 4, which adds one, met 5',
    ],
    ['workload.actors[4].live=3', 'workload.actors[4].kind: expected one of'],
    ['machine.pages=many', 'machine.pages: expected an integer from 64 to 4194304'],
    [
      'machine.pages=',
      'machine.pages: expected an integer from 64 to 4194304 (16 GiB, the largest machine), met nothing',
    ],
    ['machine.pages=[', 'set machine.pages: expected a value'],
    ['machine.pages=*here', 'set machine.pages: expected a value'],
    ['machine.device=&here {like: *here}', 'set machine.device: expected a value'],
    ['steps=[[1]', 'set steps: expected a value'],
    ['policy.victim=best', 'policy.victim: expected one of'],
    ['machine.cpus=0', 'machine.cpus: expected an integer from 1 to 64, met 0'],
  ])('refuses %s', (assignment, expected) => {
    const said = after(FULL, assignment);
    expect(said).toContain(expected);
    expect(said).not.toContain('\n');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('begins a list that is not there, and adds to one, place by place', () => {
    const sets = ['DMA', 'Normal'].map((name, i) => `machine.zones[${i}].name=${name}`);
    const set = applySets(SMALL, [...sets, 'machine.zones[0].pages=512']);
    expect(set).toMatchObject({
      ok: true,
      scenario: { machine: { zones: [{ name: 'DMA', pages: 512 }, { name: 'Normal' }] } },
    });
    expect(after(SMALL, 'workload.actors[0].live=3')).toContain('workload.actors[0].kind: expected one of');
    expect(after(SMALL, 'machine.zones[1].name=Normal')).toBe(
      'set machine.zones[1]: expected place 0 of a list that is empty, met 1',
    );
  });

  it('says which fields do not follow the size of memory', () => {
    const set = applySet(FULL, 'machine.pages=8192');
    expect(set.ok && set.warnings).toEqual([
      'machine.zones[0].pages is absolute and does not follow machine.pages',
      'workload.steps is absolute and does not follow machine.pages',
    ]);
  });

  it('scales what is a share', () => {
    const grow = (pages: number) => {
      const set = applySets(SMALL, [
        `machine.pages=${pages}`,
        'workload={stepsPerPage: 0.5, actors: [{kind: processes, size: 0.1, fork: 0}]}',
      ]);
      if (!set.ok) throw new Error(set.problems[0]!.message);
      const { operations, config } = resolveScenario(set.scenario);
      const mapped = [...operations.arg.subarray(0, operations.length)].filter(
        (_, i) => operations.kind[i] === 4,
      );
      return { length: operations.length, mapped: mapped[0], end: config.zones.at(-1)!.end };
    };
    expect(grow(2000)).toEqual({ length: 1000, mapped: 200, end: 2000 });
    expect(grow(8000)).toEqual({ length: 4000, mapped: 800, end: 8000 });
  });
});
