import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** The built page's policy: everything from its own host; workers may also be blobs. */
export const PAGE_POLICY = [
  "default-src 'self'",
  "worker-src 'self' blob:",
  "img-src 'self' data:",
  "style-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
].join('; ');

/** The single file's policy: exactly this script and this style sheet, by hash, and nothing fetched. */
export function singleFilePolicy(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src ${hashSource(script)}`,
    `style-src ${hashSource(style)}`,
    'worker-src blob:',
    'img-src data:',
    'font-src data:',
    "base-uri 'none'",
  ].join('; ');
}

/** A CSP source that allows exactly this inline text. */
export function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

/** Writes the policy into the built index.html. Not while developing: Vite's own client is inline script and style. */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'order0:content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: PAGE_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}
