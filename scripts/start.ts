/** `npm start`: builds the page, serves it, and opens a browser where there is a screen. */
import { build, preview } from 'vite';

const PORT = 4173;

function hasScreen(): boolean {
  const { env, platform } = process;
  if (env['CI']) return false;
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
}

await build();
const server = await preview({ preview: { port: PORT, open: hasScreen() } });
const address = server.resolvedUrls?.local[0];
if (address === undefined) throw new Error('npm start: the server gave no address');
if (new URL(address).port !== String(PORT)) console.log(`port ${PORT} is taken, serving on another one`);
console.log(`order0 is at ${address} (ctrl-C ends it)`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    // A browser's idle keep-alive connections would hold a polite close open for seconds.
    process.exit(0);
  });
}
