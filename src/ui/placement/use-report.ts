/** A report about the moment shown, asked for while a part of the page wants it. */
import { useEffect, useRef, useState } from 'react';
import { problemsOf } from '../../store/engine-port.ts';
import { samePosition } from '../../store/state.ts';
import type { Frame, Report, Subject } from '../../worker/protocol.ts';
import type { ReportOf } from '../inspector/reports.ts';
import { useLab, useLabState } from '../lab-context.ts';

interface Known {
  readonly key: string;
  readonly frame: Frame;
  readonly report: Report;
}

/**
 * The report on `subject`, null until it is there. One request at a time, and of several moments only the latest.
 * @param lags whether the report of the moment before may stand until the new one is there
 */
export function useReport<S extends Subject & { readonly view: Report['view'] }>(
  subject: S | null,
  lags = false,
): ReportOf<S['view']> | null {
  const { port, tasks, store } = useLab();
  const frame = useLabState((state) => state.frame);
  const opened = useLabState((state) => state.opened);
  const [known, setKnown] = useState<Known | null>(null);
  const busy = useRef(false);
  const [answered, setAnswered] = useState(0);
  const key = subject === null ? '' : JSON.stringify([subject, opened?.policy, opened?.title, opened?.seed]);

  useEffect(() => {
    if (key === '' || frame === null || busy.current) return;
    if (known?.key === key && known.frame === frame) return;
    busy.current = true;
    const ask = async () => {
      try {
        const [what] = JSON.parse(key) as [Subject];
        const [report] = await port.request({ type: 'inspect', at: frame.at, what: [what] });
        if (report !== undefined) setKnown({ key, frame, report });
      } catch (error) {
        store.setState({ problems: problemsOf(error) });
        setKnown({ key, frame, report: { view: 'nothing', reason: '' } });
      } finally {
        busy.current = false;
        setAnswered((n) => n + 1);
      }
    };
    void tasks.track(ask());
    // `answered` is a dependency because a moment that came meanwhile is asked for then.
  }, [key, frame, known, answered, port, tasks, store]);

  if (subject === null || known === null || known.key !== key || frame === null) return null;
  const isNow = known.frame === frame || samePosition(known.frame.at, frame.at);
  if (!isNow && !lags) return null;
  return known.report.view === subject.view ? (known.report as ReportOf<S['view']>) : null;
}
