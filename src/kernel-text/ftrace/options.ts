/**
 * Trace options (tracefs `trace_options`) under which the text says too little of an event to be read: which of them a
 * text was printed with. Lines as in kernel/trace/trace_output.c and print_raw_fmt, print_hex_fmt, print_bin_fmt of
 * kernel/trace/trace.c (6.1).
 */

/** A trace option in the way. */
export interface OptionInTheWay {
  readonly option: string;
  /** What it did to the text, and what to set: one line. */
  readonly words: string;
}

interface Row {
  readonly option: string;
  readonly does: string;
  /** What to write into trace_options. */
  readonly set: string;
  readonly sign: RegExp;
}

const ROWS: readonly Row[] = [
  {
    option: 'latency-format',
    does: 'which shortens names and tells times from the first event on',
    set: 'nolatency-format',
    sign: /^# \w+ latency trace v|^[^\n]{1,40}-\d{1,10}\s{1,9}\d{1,5}\S{3,7}\s{1,20}\d{1,20}us[ !+#*@$]?: /m,
  },
  {
    option: 'hex',
    does: 'which leaves out what events say',
    set: 'nohex',
    sign: /^(?:[0-9a-f]{8} [0-9a-f]{8} [0-9a-f]{16} )type: \d+\s*$/m,
  },
  {
    option: 'bin',
    does: 'which prints bytes that are no text and leaves out what events say',
    set: 'nobin',
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what the option prints
    sign: /[\0-\x08\x0e-\x1f\ufffd][^\n]*type: \d+$/m,
  },
  {
    option: 'raw',
    does: 'which leaves out what events say',
    set: 'noraw',
    sign: /^(?:\d+ \d+ \d+ )?(?:type: \d+|\d+ \?)\s*$/m,
  },
  {
    option: 'fields',
    does: 'which prints bare fields in place of the text of events',
    set: 'nofields',
    sign: /\bmm_page_\w+: (?:[^\n]{0,300} )?order=0x[0-9a-f]+ \(\d+\)/m,
  },
  {
    option: 'nocontext-info',
    does: 'which leaves out task, CPU and time',
    set: 'context-info',
    sign: /^ ?(?:mm_\w+|kmem_cache_\w+|kmalloc(?:_node)?|kfree|rss_stat): [a-z_]+=\S/m,
  },
];

/** The first option that a text shows signs of, or null. */
export function optionInTheWay(text: string): OptionInTheWay | null {
  const row = ROWS.find(({ sign }) => sign.test(text));
  if (row === undefined) return null;
  const { option, does, set } = row;
  return {
    option,
    words: `printed with the trace option ${option}, ${does}: write "${set}" to trace_options and print the trace again`,
  };
}

/** Whether a text begins as tracefs `trace` does. */
export function hasTraceHeader(text: string): boolean {
  return /^\s*# tracer: \w+/.test(text);
}
