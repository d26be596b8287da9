/** The browser's own clock, history and clipboard, as the store asks for them. */
import type { LabHost } from './lab.ts';

export function browserHost(): Omit<LabHost, 'openEngine'> {
  return {
    beat: {
      request: (callback) => requestAnimationFrame(callback),
      cancel: (handle) => cancelAnimationFrame(handle),
    },
    address: {
      href: () => location.href,
      replace: (url) => history.replaceState(null, '', url),
      push: (url) => history.pushState(null, '', url),
      onChange: (listener) => {
        addEventListener('popstate', listener);
        addEventListener('hashchange', listener);
        return () => {
          removeEventListener('popstate', listener);
          removeEventListener('hashchange', listener);
        };
      },
      later: (ms, callback) => {
        const handle = setTimeout(callback, ms);
        return () => clearTimeout(handle);
      },
    },
    fetchBytes: async (file) => {
      if (__SINGLE_FILE__) {
        throw new Error(`${file} is not in this one file: choose it from the project's folder public`);
      }
      const response = await fetch(new URL(file, document.baseURI));
      if (!response.ok) throw new Error(`${file}: the page's host answered ${response.status}`);
      return response.arrayBuffer();
    },
    memory: {
      read: (name) => {
        try {
          return localStorage.getItem(name);
        } catch {
          return null; // Storage is refused in private windows and sandboxed frames.
        }
      },
      write: (name, value) => {
        try {
          localStorage.setItem(name, value);
        } catch {
          // The choice then lasts as long as the page.
        }
      },
    },
    copyText: (text) => navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard')),
  };
}
