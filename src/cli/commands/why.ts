import { failureOf } from '../../analysis/failure.ts';
import { outlookText } from '../../analysis/outlook-text.ts';
import { explainInFull } from '../../analysis/why-in-full.ts';
import type { PolicyMeans } from '../../analysis/why-policies.ts';
import type { WhyInFull } from '../../analysis/why-report.ts';
import { duration, hex, plural, thousandths } from '../../base/text.ts';
import { decodeOperation } from '../../engine/operation.ts';
import { eventAt } from '../../engine/trace-event.ts';
import { type Command, EXIT, printJson } from '../io.ts';
import { readOptions, required, wholeNumber } from '../options.ts';
import { readScenario, runTo, SCENARIO_OPTIONS, SCENARIO_USAGE, stepOption } from '../scenario-input.ts';
import { table } from '../table.ts';

/** `order0 why` */
export const why: Command = {
  name: 'why',
  usage: `${SCENARIO_USAGE} --at STEP --order K [--json]`,
  summary:
    'Why a request of order K fails after STEP operations, or would not: every window and the cheapest one.',
  run(args, io) {
    const options = { ...SCENARIO_OPTIONS, at: { type: 'string' }, order: { type: 'string' } } as const;
    const { values, positionals } = readOptions(args, options, 1);
    const at = required(values.at, '--at STEP');
    const asked = required(values.order, '--order K');
    const input = readScenario(positionals[0], values, io);
    const step = stepOption(at, '--at', input.log);
    const order = wholeNumber(asked, '--order', 0, input.config.maxOrder);
    const m = runTo(input.config, input.log, step);
    const events = Array.from({ length: m.log.count }, (_, i) => eventAt(m.log, i));
    const failed = step > 0 ? failureOf(decodeOperation(input.log, step - 1), events) : null;
    const report = explainInFull(m, order, step, failed?.order === order ? failed : undefined);
    if (values.json) printJson(io, report);
    else io.out(reportText(report));
    return EXIT.ok;
  },
};

function reportText(report: WhyInFull): string {
  const { cheapest } = report;
  const cost = (ns: number | null) => (ns === null ? '-' : duration(ns));
  return [
    `${report.reason}\n\n`,
    ...report.tree.map(({ question, answer, detail }) => `${question} ${answer}\n  ${detail}\n`),
    `\nunusable index ${thousandths(report.unusableIndex)}, fragmentation index ${thousandths(report.fragIndex)}: ${report.indexText}\n`,
    `${plural(report.emptiable, 'window')} could be emptied`,
    cheapest ? `, the cheapest at ${hex(cheapest.pfn)} for ${cost(cheapest.costNs)}\n` : '\n',
    `${outlookText(report.order, report.outlook)}\n${report.indexNote}\n\n`,
    'The same pages under each policy:\n',
    table([
      ['policy', 'windows', 'could be had', 'cheapest', 'cost', 'drop', 'write', 'swap', 'move', 'objects'],
      ...report.byPolicy.map(policyRow),
    ]),
    '\n',
    table([
      ['window', 'zone', 'free', 'drop', 'write', 'swap', 'stuck', 'cost', 'owner', 'reason'],
      ...report.windows.map((w) => [
        hex(w.pfn),
        w.zone,
        w.free,
        w.drop,
        w.write,
        w.swap,
        w.blocking,
        cost(w.costNs),
        w.owner,
        w.reason,
      ]),
    ]),
  ].join('');
}

function policyRow({ policy, emptiable, obtainable, cheapest: c }: PolicyMeans): (string | number)[] {
  if (c === null) return [policy, emptiable, obtainable, '-', '-', '-', '-', '-', '-', '-'];
  return [
    policy,
    emptiable,
    obtainable,
    hex(c.pfn),
    duration(c.costNs),
    c.drop,
    c.write,
    c.swap,
    c.move,
    c.objects,
  ];
}
