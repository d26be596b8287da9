/** `order0`, the command line: arguments in, text out, an exit code. */
import { order0 } from './dispatch.ts';

process.exitCode = await order0(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (line) => process.stderr.write(`${line}\n`),
});
