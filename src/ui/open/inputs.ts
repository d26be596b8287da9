/** What a dropped file or a pasted text is opened as. */
import type { Source } from '../../worker/protocol.ts';

const LINK = /^\s*(?:https?:\/\/\S+)?#v=\d+&\S+\s*$/;
const SCENARIO_FILE = /\.(ya?ml|json)$/i;
const SCENARIO = /^(?:#[^\n]*\n|\s)*(?:[{]|["']?order0["']?\s*:)/;

/** A pasted text: a link, a scenario, or a kernel's text, which is read as a recording. */
export function sourceOfText(text: string, base: string): Source {
  if (LINK.test(text) && !text.trim().includes('\n')) {
    return { kind: 'link', url: new URL(text.trim(), base).href };
  }
  if (SCENARIO.test(text)) return { kind: 'text', name: 'pasted scenario', text };
  const bytes = new TextEncoder().encode(text);
  return { kind: 'recording', name: 'pasted text', bytes: bytes.buffer };
}

/** A file: a scenario by its name, else a recording, whose format is found by its content. */
export async function sourceOfFile(file: File): Promise<Source> {
  if (SCENARIO_FILE.test(file.name)) return { kind: 'text', name: file.name, text: await file.text() };
  return { kind: 'recording', name: file.name, bytes: await file.arrayBuffer() };
}
