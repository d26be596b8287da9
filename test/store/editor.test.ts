import { beforeEach, describe, expect, it } from 'vitest';
import { bundledPresets } from '../../src/scenario/bundled-presets.ts';
import { checkText } from '../../src/scenario/check-text.ts';
import { setField } from '../../src/scenario/edit-text.ts';
import { applySets } from '../../src/scenario/set.ts';
import { createEditor, type Editor, runningText } from '../../src/store/editor.ts';
import { commandOf, fileNameOf, linkCommand } from '../../src/store/editor-command.ts';
import { createDrafts, type Draft } from '../../src/store/editor-drafts.ts';
import { createLab, type Lab } from '../../src/store/lab.ts';
import { createFixturePort } from '../ui/fixtures/port.ts';
import { createFakeHost, type FakeHost } from './fake-host.ts';

const PRESET = bundledPresets[0]!.text;
const OWN = 'order0: 1\ntitle: Own\nmachine:\n  pages: 512\n';

let lab: Lab;
let host: FakeHost;
let kept: Draft | null;
let isFull: boolean;

function newEditor(): Editor {
  return createEditor(lab, {
    drafts: {
      read: () => kept,
      write: (draft) => {
        if (isFull && draft !== null) return false;
        kept = draft;
        return true;
      },
    },
    href: host.address.href,
    copyText: host.copyText,
    later: host.address.later,
  });
}

beforeEach(async () => {
  kept = null;
  isFull = false;
  host = createFakeHost();
  lab = createLab(createFixturePort(), host);
  await lab.address.openFromAddress('one-slab');
});

describe('the edited text', () => {
  it('is what runs until it is changed, and a draft from then on', () => {
    const editor = newEditor();
    const { text, draftOf } = editor.store.getState();
    expect(draftOf).toBeNull();
    editor.setText(OWN);
    expect(editor.store.getState().draftOf).toBe(lab.store.getState().opened!.title);
    expect(kept).toEqual({ text: OWN, of: lab.store.getState().opened!.title });
    editor.setText(text);
    expect(editor.store.getState().draftOf).toBeNull();
    expect(kept).toBeNull();
  });

  it('says so where the browser keeps nothing', () => {
    const editor = newEditor();
    expect(editor.store.getState().isKept).toBe(true);
    isFull = true;
    editor.setText(OWN);
    expect(editor.store.getState().isKept).toBe(false);
    isFull = false;
    editor.setText(`${OWN}seed: 3\n`);
    expect(editor.store.getState().isKept).toBe(true);
    isFull = true;
    editor.setText(OWN);
    editor.revert();
    expect(editor.store.getState().isKept).toBe(true);
  });

  it('is checked when the keys have rested', async () => {
    const editor = newEditor();
    editor.setText('order0: 1\n');
    await host.wait();
    expect(editor.store.getState().checked.problems[0]?.message).toContain('title');
    expect(lab.tasks.pending()).toBe(0);
  });

  it('begins with the draft that was kept', () => {
    kept = { text: OWN, of: 'Something' };
    expect(newEditor().store.getState()).toMatchObject({ text: OWN, draftOf: 'Something' });
  });

  it('follows what is opened, but never over a draft', async () => {
    const editor = newEditor();
    editor.setText(OWN);
    await lab.session.reopen({ policy: 'buddy-2.6' });
    expect(editor.store.getState().text).toBe(OWN);
    editor.revert();
    expect(editor.store.getState().text).toBe(runningText(lab.store.getState().opened!));
  });

  it('does not run with problems, and leaves what is open', async () => {
    const editor = newEditor();
    const before = lab.store.getState().opened;
    editor.setText('order0: 2\n');
    expect(await editor.run()).toBe(false);
    expect(lab.store.getState().opened).toBe(before);
    expect(editor.store.getState().remark).toContain('untouched');
  });

  it('takes a control’s value at once, and refuses where the text is no YAML', () => {
    const editor = newEditor();
    editor.setText(OWN);
    expect(editor.setField(['machine', 'pages'], 2048)).toBe(true);
    expect(editor.store.getState().text).toBe(OWN.replace('512', '2048'));
    expect(editor.store.getState().checked.scenario?.machine.pages).toBe(2048);
    editor.setText('a: [');
    expect(editor.setField(['seed'], 1)).toBe(false);
  });

  it('tells policy and seed as they run', () => {
    const opened = lab.store.getState().opened!;
    const text = runningText({ ...opened, text: PRESET, policy: 'buddy-2.6', seed: 8 });
    expect(checkText(text).scenario).toMatchObject({ policy: { name: 'buddy-2.6' }, seed: 8 });
    expect(runningText({ ...opened, text: PRESET, policy: 'order0-slab', seed: 2003 })).toBe(PRESET);
  });
});

describe('the command', () => {
  const preset = { id: 'one-slab', data: checkText(PRESET).data };
  const command = (text: string) => commandOf({ preset, data: checkText(text).data, file: 'own.yaml' });
  const RUN = 'npm run --silent order0 -- run';

  it('names the preset where nothing changed, or only words for people', () => {
    expect(command(PRESET)).toBe(`${RUN} preset:one-slab`);
    expect(command(setField(PRESET, ['title'], 'Mine')!)).toBe(`${RUN} preset:one-slab`);
  });

  it('tells the fields that changed, and those give the same scenario', () => {
    let text = setField(PRESET, ['policy', 'name'], 'buddy-2.6')!;
    text = setField(text, ['seed'], 5)!;
    text = setField(text, ['workload', 'actors', 1, 'size'], [0.01, 0.02])!;
    text = setField(text, ['machine', 'swappiness'], 10)!;
    expect(command(text)).toBe(
      `${RUN} preset:one-slab --set machine.swappiness=10 --policy buddy-2.6 --seed 5 --set 'workload.actors[1].size=[0.01,0.02]'`,
    );
    const sets = [
      'machine.swappiness=10',
      'policy.name=buddy-2.6',
      'seed=5',
      'workload.actors[1].size=[0.01,0.02]',
    ];
    const applied = applySets(PRESET, sets);
    expect(applied.ok && applied.scenario).toEqual(checkText(text).scenario);
  });

  it('names the file where more changed', () => {
    expect(command(OWN)).toBe(`${RUN} own.yaml`);
    expect(command(setField(PRESET, ['workload', 'actors', 6], { kind: 'pins' })!)).toBe(`${RUN} own.yaml`);
  });

  it('quotes for a shell', () => {
    expect(linkCommand("http://a/#v=1&x='")).toBe(`${RUN} 'http://a/#v=1&x='\\'''`);
  });

  it('names files by title', () => {
    expect(fileNameOf('A machine: without swap!')).toBe('a-machine-without-swap.yaml');
    expect(fileNameOf('…')).toBe('scenario.yaml');
  });
});

describe('drafts', () => {
  const OF = 'One slab';
  const OTHER = OWN.replace('Own', 'Other');

  /** A storage of so many characters. */
  function createStorage(room = Number.POSITIVE_INFINITY) {
    const map = new Map<string, string>();
    return {
      getItem: (key: string) => map.get(key) ?? null,
      setItem: (key: string, value: string) => {
        if (value.length > room) throw new Error('full');
        map.set(key, value);
      },
      removeItem: (key: string) => void map.delete(key),
    };
  }
  const refuse = () => {
    throw new Error('refused');
  };

  it('survive in a storage, and do without one', () => {
    const [tab, all] = [createStorage(), createStorage()];
    const drafts = createDrafts({ tab: () => tab, all: () => all });
    expect(drafts.write({ text: OWN, of: OF })).toBe(true);
    expect(createDrafts({ tab: () => tab, all: () => all }).read()).toEqual({ text: OWN, of: OF });
    expect(drafts.write(null)).toBe(true);
    expect(drafts.read()).toBeNull();
    tab.setItem('order0.draft', '{"text": 3}');
    expect(drafts.read()).toBeNull();
    const refused = createDrafts({ tab: refuse, all: refuse });
    expect(refused.write({ text: OWN, of: '' })).toBe(false);
    expect(refused.read()).toBeNull();
  });

  it('belong to their tab; a new tab begins with the last one', () => {
    const all = createStorage();
    const [one, two] = [createStorage(), createStorage()];
    const inOne = createDrafts({ tab: () => one, all: () => all });
    const inTwo = createDrafts({ tab: () => two, all: () => all });
    inOne.write({ text: OWN, of: OF });
    inTwo.write({ text: OTHER, of: OF });
    expect(inOne.read()).toEqual({ text: OWN, of: OF });
    expect(inTwo.read()).toEqual({ text: OTHER, of: OF });
    inOne.write(null);
    expect(inOne.read()).toBeNull();
    expect(createDrafts({ tab: () => createStorage(), all: () => all }).read()?.text).toBe(OTHER);
    inTwo.write(null);
    expect(createDrafts({ tab: () => createStorage(), all: () => all }).read()).toBeNull();
  });

  it('are kept where either of the storages takes them', () => {
    const [tab, all] = [createStorage(4), createStorage()];
    const drafts = createDrafts({ tab: () => tab, all: () => all });
    expect(drafts.write({ text: OWN, of: OF })).toBe(true);
    expect(drafts.read()).toEqual({ text: OWN, of: OF });
    const small = createStorage(4);
    expect(createDrafts({ tab: () => small, all: refuse }).write({ text: OWN, of: OF })).toBe(false);
  });

  it('stay with the last text that fitted, and say that a newer one did not', () => {
    const [tab, all] = [createStorage(100), createStorage(100)];
    const drafts = createDrafts({ tab: () => tab, all: () => all });
    drafts.write({ text: OWN, of: OF });
    expect(drafts.write({ text: OWN.repeat(9), of: OF })).toBe(false);
    expect(drafts.read()).toEqual({ text: OWN, of: OF });
  });
});
