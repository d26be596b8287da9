/** How to record a machine of one's own, to be copied. */
import { useState } from 'react';

const EVENTS = ['mm_page_alloc', 'mm_page_free'] as const;

const TRACE_CMD =
  'trace-cmd record -C mono -e kmem:mm_page_alloc -e kmem:mm_page_free sleep 10 && trace-cmd report > trace.txt';

const TRACEFS = [
  'cd /sys/kernel/tracing',
  'echo mono > trace_clock && echo 65536 > buffer_size_kb && echo > trace',
  ...EVENTS.map((event) => `echo 1 > events/kmem/${event}/enable`),
  'sleep 10; echo 0 > tracing_on; cat trace > /tmp/trace.txt',
  ...EVENTS.map((event) => `echo 0 > events/kmem/${event}/enable`),
  'echo 1 > tracing_on',
].join('\n');

const BESIDE = 'cat /proc/buddyinfo /proc/pagetypeinfo /proc/zoneinfo > before.txt';

function Command({ name, text }: { readonly name: string; readonly text: string }) {
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <div className="command">
      <div className="row">
        <span className="small">{name}</span>
        <button type="button" className="word-btn small" onClick={() => void copy()}>
          Copy<span className="vh"> the command {name}</span>
        </button>
        <span className="muted small" role="status">
          {copied === null ? '' : copied ? 'Copied.' : 'The browser refused: select the text.'}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long line scrolls, also by keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </div>
  );
}

export function RecordCommands() {
  return (
    <details className="record">
      <summary>Record a machine of your own</summary>
      <p className="small">
        As root on any Linux. Ten seconds are some hundred thousand events; the page reads text, also .gz.
      </p>
      <Command name="with trace-cmd" text={TRACE_CMD} />
      <Command name="without it, through tracefs" text={TRACEFS} />
      <Command name="before it, and after it as after.txt, to compare" text={BESIDE} />
    </details>
  );
}
