/** Rules that hold between fields, which no field's own schema can say. */
import type { FieldProblem } from './problem.ts';
import { bootOf, zonesOf } from './resolve-machine.ts';
import type { Scenario } from './schema.ts';
import { stepOf, stepsAfter, workloadSteps } from './sizes.ts';
import { MOST, OWN } from './step-schema.ts';

type Path = readonly (string | number)[];

/** Everything wrong between the fields of a scenario whose fields are each right. */
export function crossCheck(scenario: Scenario): FieldProblem[] {
  const found: FieldProblem[] = [];
  const say = (path: Path, message: string) => found.push({ path, message });
  checkMachine(scenario, say);
  checkZones(scenario, say);
  if (found.length === 0) checkBoot(scenario, say);
  checkWorkload(scenario, say);
  checkSteps(scenario, say);
  checkPositions(scenario, say);
  return found;
}

type Say = (path: Path, message: string) => void;

function checkMachine({ machine }: Scenario, say: Say): void {
  if (machine.slabOrder > machine.maxOrder) {
    say(
      ['machine', 'slabOrder'],
      `machine.slabOrder: expected at most machine.maxOrder (${machine.maxOrder}), met ${machine.slabOrder}`,
    );
  }
  if ((machine.pageCacheOrder ?? 0) > machine.maxOrder) {
    say(
      ['machine', 'pageCacheOrder'],
      `machine.pageCacheOrder: expected at most machine.maxOrder (${machine.maxOrder}), met ${machine.pageCacheOrder}`,
    );
  }
  if (machine.swapPages !== undefined && machine.swapShare !== undefined) {
    say(['machine', 'swapShare'], 'machine.swapShare: expected swapPages or swapShare, met both');
  }
  const { limit, batchcount } = machine.arrays;
  if (batchcount > limit) {
    say(
      ['machine', 'arrays', 'batchcount'],
      `machine.arrays.batchcount: expected at most limit (${limit}), met ${batchcount}`,
    );
  }
}

const ZONE_ORDER = ['DMA', 'DMA32', 'Normal', 'HighMem', 'Movable'];

function checkZones({ machine }: Scenario, say: Say): void {
  const zones = machine.zones ?? [];
  for (const [i, zone] of zones.entries()) {
    const path = ['machine', 'zones', i];
    const before = zones[i - 1];
    if (before && ZONE_ORDER.indexOf(zone.name) <= ZONE_ORDER.indexOf(before.name)) {
      say(
        [...path, 'name'],
        `machine.zones[${i}].name: expected each zone once, in the order ${ZONE_ORDER.join(', ')}, met ${zone.name} after ${before.name}`,
      );
    }
    const { min = 0, low = min, high = low } = zone;
    if (low < min) {
      say([...path, 'low'], `machine.zones[${i}].low: expected at least min (${min}), met ${low}`);
    }
    if (high < low) {
      say([...path, 'high'], `machine.zones[${i}].high: expected at least low (${low}), met ${high}`);
    }
    if (zone.pages === undefined && i < zones.length - 1) {
      say(path, `machine.zones[${i}].pages: missing, expected a size (only the last zone may leave it out)`);
    }
  }
  if (zones.slice(0, -1).some((zone) => zone.pages === undefined)) return;
  const spans = zonesOf(machine);
  const short = spans.findIndex((zone) => zone.end <= zone.start);
  if (short >= 0) {
    const at = Math.min(short, Math.max(0, zones.length - 1));
    say(
      ['machine', 'zones', at],
      `machine.zones[${at}]: expected zones that fit ${machine.pages} pages and hold one each, met ${spans[short]!.name} from ${spans[short]!.start} to ${spans[short]!.end}`,
    );
  }
}

function checkBoot({ machine }: Scenario, say: Say): void {
  const ranges = bootOf(machine);
  const path = ['machine', 'boot'];
  let end = 0;
  let taken = 0;
  for (const [i, range] of ranges.entries()) {
    const name = Array.isArray(machine.boot) ? `machine.boot[${i}]` : 'machine.boot';
    const at = Array.isArray(machine.boot) ? [...path, i] : path;
    if (range.start < end) say(at, `${name}: expected ranges in rising order without overlap`);
    if (range.start + range.pages > machine.pages) {
      say(
        at,
        `${name}: expected to end within ${machine.pages} pages, met an end at ${range.start + range.pages}`,
      );
    }
    end = range.start + range.pages;
    taken += range.pages;
  }
  if (taken >= machine.pages) {
    say(path, `machine.boot: expected to leave pages free, met ${taken} of ${machine.pages}`);
  }
}

function checkWorkload(scenario: Scenario, say: Say): void {
  const { workload, machine } = scenario;
  if (workload === undefined) return;
  if (workload.recording !== undefined) {
    if (workload.actors.length || workload.steps !== undefined || workload.stepsPerPage !== undefined) {
      say(
        ['workload', 'recording'],
        'workload.recording: expected a recording or steps and actors, met both',
      );
    }
    return;
  }
  if (workload.steps !== undefined && workload.stepsPerPage !== undefined) {
    say(['workload', 'stepsPerPage'], 'workload.stepsPerPage: expected steps or stepsPerPage, met both');
  }
  const pools = workload.actors.filter(({ kind }) => kind === 'mempool').length;
  const mostPools = MOST.pool + 1 - OWN.pools;
  if (pools > mostPools) {
    say(['workload', 'actors'], `workload.actors: expected at most ${mostPools} mempools, met ${pools}`);
  }
  for (const [i, actor] of workload.actors.entries()) {
    const path = ['workload', 'actors', i];
    const name = `workload.actors[${i}]`;
    if ('size' in actor && Array.isArray(actor.size) && isFalling(actor.size, machine.pages)) {
      say(
        [...path, 'size'],
        `${name}.size: expected [smallest, largest], met [${actor.size[0]}, ${actor.size[1]}]`,
      );
    }
    if (actor.kind === 'dentries') {
      const names = machine.objectCaches.map((cache) => cache.name);
      if (actor.inodes !== undefined && !names.includes(actor.inodes)) {
        say(
          [...path, 'inodes'],
          `${name}.inodes: expected the name of an object cache (${names.join(', ') || 'the machine has none'}), met ${actor.inodes}`,
        );
      }
      if (actor.cache === undefined ? names.length === 0 : !names.includes(actor.cache)) {
        say(
          actor.cache === undefined ? path : [...path, 'cache'],
          `${name}.cache: expected the name of an object cache (${names.join(', ') || 'the machine has none'}), met ${actor.cache ?? 'nothing'}`,
        );
      }
    }
    const order =
      actor.kind === 'kernel' ? (actor.orders?.length ?? 1) - 1 : 'order' in actor ? actor.order : 0;
    if (order > machine.maxOrder) {
      const key = actor.kind === 'kernel' ? 'orders' : 'order';
      say(
        [...path, key],
        `${name}.${key}: expected orders up to machine.maxOrder (${machine.maxOrder}), met ${order}`,
      );
    }
    if (actor.kind === 'kernel' && actor.orders?.every((weight) => weight === 0)) {
      say([...path, 'orders'], `${name}.orders: expected a weight above 0, met none`);
    }
  }
}

/** Whether the first of two sizes is the larger on this machine; a share and pages compare as pages. */
function isFalling([low, high]: readonly [number, number], memory: number): boolean {
  const pages = (size: number) => (size < 1 ? size * memory : size);
  return pages(low) > pages(high);
}

function checkSteps({ steps, machine }: Scenario, say: Say): void {
  for (const [i, step] of steps.entries()) {
    const check = (key: string, value: number | undefined, most: number, what: string) => {
      if (value === undefined || value <= most) return;
      say(['steps', i, key], `steps[${i}].${key}: expected at most ${most} (${what}), met ${value}`);
    };
    check('cpu', step.cpu, machine.cpus - 1, 'the last of machine.cpus');
    if ('cache' in step)
      check('cache', step.cache, machine.objectCaches.length - 1, 'the last of machine.objectCaches');
    if ('order' in step) check('order', step.order, machine.maxOrder, 'machine.maxOrder');
  }
}

function checkPositions(scenario: Scenario, say: Say): void {
  const { workload, openAt, notes, questions, steps } = scenario;
  // A recording's length is known only once it is there.
  if (workload?.recording !== undefined) return;
  const generated = workloadSteps(scenario);
  const length = generated + steps.length + stepsAfter(scenario);
  const check = (path: Path, name: string, written: number | string) => {
    const step = stepOf(written, generated, length);
    if (step > length) say(path, `${name}: expected a step from 0 to ${length}, met ${step}`);
  };
  if (openAt !== undefined) {
    if (typeof openAt === 'object') check(['openAt', 'step'], 'openAt.step', openAt.step);
    else check(['openAt'], 'openAt', openAt);
  }
  for (const [i, note] of notes.entries()) check(['notes', i, 'step'], `notes[${i}].step`, note.step);
  for (const [i, question] of questions.entries()) {
    check(['questions', i, 'step'], `questions[${i}].step`, question.step);
    if (question.answer !== undefined && question.answer >= (question.choices?.length ?? 0)) {
      say(
        ['questions', i, 'answer'],
        `questions[${i}].answer: expected the place of one of ${question.choices?.length ?? 0} choices, from 0, met ${question.answer}`,
      );
    }
  }
}
