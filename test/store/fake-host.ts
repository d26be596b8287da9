/** A browser's clock, history and clipboard that a test moves by hand. */
import type { LabHost } from '../../src/store/lab.ts';

export interface FakeHost extends LabHost {
  /** Runs the animation frames asked for so far, at a time in milliseconds, and lets promises settle. */
  frame(now: number): Promise<void>;
  /** Runs what was put off. */
  wait(): Promise<void>;
  /** The person goes to another address. */
  visit(url: string): void;
  readonly history: string[];
  readonly copied: string[];
  clipboardWorks: boolean;
  /** Files beside the page, by relative address. */
  readonly files: Map<string, ArrayBuffer>;
  /** What is remembered, by name. */
  readonly remembered: Map<string, string>;
}

const BASE = 'https://example.org/lab/';

/** Lets every promise that can settle do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

export function createFakeHost(fragment = ''): FakeHost {
  const history = [BASE + fragment];
  const copied: string[] = [];
  let frames = new Map<number, (now: number) => void>();
  let later = new Map<number, () => void>();
  let handles = 0;
  const listeners = new Set<() => void>();
  const remembered = new Map<string, string>();
  const host: FakeHost = {
    history,
    copied,
    remembered,
    memory: {
      read: (name) => remembered.get(name) ?? null,
      write: (name, value) => void remembered.set(name, value),
    },
    clipboardWorks: true,
    openEngine: () => {
      throw new Error('this test has one engine');
    },
    files: new Map(),
    fetchBytes: async (file) => {
      const bytes = host.files.get(file);
      if (bytes === undefined) throw new Error(`${file}: the page's host answered 404`);
      return bytes;
    },
    beat: {
      request: (callback) => {
        frames.set(++handles, callback);
        return handles;
      },
      cancel: (handle) => void frames.delete(handle),
    },
    address: {
      href: () => history.at(-1)!,
      replace: (url) => {
        history[history.length - 1] = url;
      },
      push: (url) => void history.push(url),
      onChange: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      later: (_, callback) => {
        const handle = ++handles;
        later.set(handle, callback);
        return () => void later.delete(handle);
      },
    },
    copyText: async (text) => {
      if (!host.clipboardWorks) throw new Error('refused');
      copied.push(text);
    },
    frame: async (now) => {
      const due = frames;
      frames = new Map();
      for (const callback of due.values()) callback(now);
      await settle();
    },
    wait: async () => {
      const due = later;
      later = new Map();
      for (const callback of due.values()) callback();
      await settle();
    },
    visit: (url) => {
      history.push(url);
      for (const listener of listeners) listener();
    },
  };
  return host;
}
