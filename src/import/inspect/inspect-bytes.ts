/** A file's bytes, gzip or plain, inspected: a trace of any length as a stream, other texts up to a length. */
import { createFtraceParser } from '../../kernel-text/ftrace.ts';
import { binaryAdvice } from '../binary.ts';
import { inflateText } from '../gzip.ts';
import { inspectText, reportTrace, TRACE_SAMPLE } from './inspect.ts';
import type { InspectReport } from './report.ts';

/** Characters of a text that is no trace: a whole dmesg has some hundred thousand, page_owner millions. */
const MOST_TEXT = 1 << 25;

/** @param file how it is called in the report */
export function inspectBytes(bytes: Uint8Array, file: string): InspectReport {
  const advice = binaryAdvice(bytes);
  if (advice !== null) return { ...inspectText('', file), warnings: [advice] };
  const parser = createFtraceParser();
  const parts: string[] = [];
  let length = 0;
  const isTrace = () => parser.table.length > 0;
  const { warnings } = inflateText(bytes, (chunk) => {
    const inSample = length < TRACE_SAMPLE;
    if (inSample || isTrace()) parser.push(chunk);
    if (!isTrace()) parts.push(chunk);
    length += chunk.length;
    return isTrace() || length < MOST_TEXT;
  });
  if (!isTrace() && length >= MOST_TEXT) warnings.push(`only the first ${MOST_TEXT} characters were read`);
  const report = isTrace() ? reportTrace(parser.end(), file) : inspectText(parts.join(''), file);
  return { ...report, warnings: [...warnings, ...report.warnings] };
}
