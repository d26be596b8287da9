/** `order0`, the command line: arguments in, text out, an exit code. */
import { order0 } from './dispatch.ts';
import { printable } from './printable.ts';

// A reader that has seen enough (`| head`) closes the pipe: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const out = (text: string) => void process.stdout.write(text);

process.exitCode = await order0(process.argv.slice(2), {
  out,
  file: (text) => out(process.stdout.isTTY ? printable(text) : text),
  err: (line) => process.stderr.write(`${line}\n`),
  ...(process.stderr.isTTY ? { status: (line) => process.stderr.write(`\r\x1b[K${line}`) } : {}),
  onCancel: (listener) => {
    process.once('SIGINT', listener);
    return () => process.off('SIGINT', listener);
  },
});
