import { expect, it } from 'vitest';
import { obtainable } from '../../src/analysis/obtainable.ts';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { PAGE_NAMES } from '../../src/engine/frames.ts';
import { AVAILABLE_POLICIES } from '../../src/engine/policy/table.ts';
import { toyConfig, randomOperations } from '../engine/support.ts';
import { exhaust, freeBlocks } from './exhaust.ts';

for (const name of AVAILABLE_POLICIES) for (const seed of [1,2,3,4,5,6]) it(`${name} ${seed}`, () => {
  const m = bootMachine(toyConfig({ pages: 512, swapPages: seed % 2 ? 1024 : 0, slabOrder: 3, maxOrder: 8, policyChange: { name, growth: seed > 3 ? 'single-pages' : 'fail', reclaim: 'on-request' }, seed }));
  const log = randomOperations(seed, 900, 512);
  for (let i = 0; i < log.length; i++) applyOperation(m, log, i);
  const order = 3;
  const before = obtainable(m, order);
  exhaust(m, [{ op: 'reclaimLru', pages: 512 }, {op:'dropCaches'}, { op: 'drainCpus' }, { op: 'reclaimSlab', order }, { op: 'reclaimSlab', order }, { op: 'reclaimSlab', order }]);
  const got = new Set(freeBlocks(m, order));
  const want = new Set(before.filter((b) => b.obtainable).map((b) => b.pfn));
  const after = obtainable(m, order);
  const miss = [...want].filter((p) => !got.has(p));
  const extra = [...got].filter((p) => !want.has(p));
  const what = (p: number) => `${p}: ` + Array.from({length: 8}, (_, i) => PAGE_NAMES[m.kind[p+i]!]).join(' ') + ` slab ${m.slabCache[p>>3]}`;
  console.log(name, seed, 'want', want.size, 'got', got.size, 'miss', miss.map(what), 'extra', extra.map((p) => JSON.stringify(before.find((b) => b.pfn === p)!.blocker)), after.filter(b=>b.obtainable).length);
  expect(1).toBe(1);
});
