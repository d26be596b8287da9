/** What a dropped file or a pasted text is opened as. */
import type { RecordingFile, Source } from '../../worker/protocol.ts';

const LINK = /^\s*(?:https?:\/\/\S+)?#v=\d+&\S+\s*$/;
const SCENARIO_FILE = /\.(ya?ml|json)$/i;
const SCENARIO = /^(?:#[^\n]*\n|\s)*(?:[{]|["']?order0["']?\s*:)/;

/** Bytes of a file looked at to tell what it is. */
export const HEAD_BYTES = 16_384;
/** Larger files are not read: 256 MiB. */
const MOST_FILE_BYTES = 268_435_456;

/** A pasted text: a link, a scenario, or a kernel's text, which is read as a recording. */
export function sourceOfText(text: string, base: string): Source {
  if (LINK.test(text) && !text.trim().includes('\n')) {
    return { kind: 'link', url: new URL(text.trim(), base).href };
  }
  if (SCENARIO.test(text)) return { kind: 'text', name: 'pasted scenario', text };
  const bytes = new TextEncoder().encode(text);
  return { kind: 'recording', name: 'pasted text', bytes: bytes.buffer };
}

/**
 * A file: a scenario by its name or first words, else a recording, whose format is found by its content.
 * @throws Error of one line for a file too large to be read
 */
export async function sourceOfFile(file: File): Promise<Source> {
  if (await isScenario(file)) return { kind: 'text', name: file.name, text: await file.text() };
  return { kind: 'recording', ...(await recordingFile(file)) };
}

/** The file of a recording. @throws Error of one line for a file too large to be read */
export async function recordingFile(file: File): Promise<RecordingFile> {
  if (file.size > MOST_FILE_BYTES) {
    const mib = (bytes: number) => Math.round(bytes / 1_048_576);
    throw new Error(
      `${file.name}: ${mib(file.size)} MiB, expected at most ${mib(MOST_FILE_BYTES)}: record a shorter time`,
    );
  }
  return { name: file.name, bytes: await file.arrayBuffer() };
}

/** Whether a file is a scenario: it cannot be the recording that is asked for. */
export async function isScenario(file: File): Promise<boolean> {
  return SCENARIO_FILE.test(file.name) || SCENARIO.test(await file.slice(0, HEAD_BYTES).text());
}
