/** Machines made by hand, operation by operation. */
import { inspect, type Report, type Subject } from '../../../src/analysis/inspect/inspect.ts';
import { applyOperation } from '../../../src/engine/apply.ts';
import { bootMachine } from '../../../src/engine/boot.ts';
import type { MachineConfig } from '../../../src/engine/config.ts';
import { checkInvariants } from '../../../src/engine/invariants.ts';
import type { Machine } from '../../../src/engine/machine.ts';
import { createOperationLog, encodeOperation, type Operation } from '../../../src/engine/operation.ts';
import { smallConfig } from '../machines.ts';

/** Applies operations to a machine that is there. */
export function apply(m: Machine, ...operations: readonly Operation[]): Machine {
  const log = createOperationLog(Math.max(1, operations.length));
  for (const operation of operations) encodeOperation(log, operation);
  for (let i = 0; i < log.length; i++) applyOperation(m, log, i);
  const broken = checkInvariants(m);
  if (broken !== null) throw new Error(broken);
  return m;
}

/** A fresh machine with operations applied. */
export function build(operations: readonly Operation[], config: MachineConfig = smallConfig()): Machine {
  return apply(bootMachine(config), ...operations);
}

/** The same machine under 2.6.9's own allocator. */
export const BUDDY = smallConfig(256, { name: 'buddy-2.6' });

/**
 * Two processes: 0 has 8 anonymous pages (pages 0 to 2 touched) and the first 4 pages of file 0 (1 and 2 touched,
 * 2 written), 1 is its fork. Page 6 of the file was read alone.
 */
export const TWO_PROCESSES: readonly Operation[] = [
  { op: 'spawn', process: 0 },
  { op: 'mapAnon', process: 0, region: 0, pages: 8 },
  { op: 'createFile', file: 0, pages: 10 },
  { op: 'mapFile', process: 0, region: 1, file: 0, pages: 4 },
  { op: 'touch', process: 0, region: 0, page: 0 },
  { op: 'touch', process: 0, region: 0, page: 1 },
  { op: 'touch', process: 0, region: 0, page: 2 },
  { op: 'touch', process: 0, region: 1, page: 1 },
  { op: 'touch', process: 0, region: 1, page: 2, write: true },
  { op: 'readFile', file: 0, page: 6 },
  { op: 'fork', process: 0, child: 1 },
];

type ReportOf<V extends Report['view']> = Extract<Report, { readonly view: V }>;

/** The report of a subject, which must be there. */
export function look<V extends Subject['view']>(
  m: Machine,
  subject: Subject & { readonly view: V },
): ReportOf<V> {
  const report = inspect(m, subject);
  if (report.view !== subject.view) throw new Error(JSON.stringify(report));
  return report as ReportOf<V>;
}
