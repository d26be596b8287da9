/** `npm run build:single`: the whole page in dist-single/order0.html, which opens from disk. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from 'vite';
import { singleFile } from './single-file.ts';

const OUT = 'dist-single/order0.html';

const built = await build({ configFile: 'vite.single.config.ts', build: { write: false } });
if (Array.isArray(built) || !('output' in built)) throw new Error('build:single: expected one build');

const scripts: string[] = [];
const styles: string[] = [];
const strangers: string[] = [];
for (const file of built.output) {
  if (file.type === 'chunk') scripts.push(file.code);
  else if (file.fileName.endsWith('.css')) styles.push(String(file.source));
  else if (file.fileName !== 'index.html') strangers.push(file.fileName);
}
const [script] = scripts;
if (script === undefined || scripts.length > 1 || strangers.length > 0) {
  throw new Error(
    `build:single: expected one script and no other file, found ${scripts.length} and ${strangers.join(', ') || 'none'}`,
  );
}

const file = singleFile(readFileSync('index.html', 'utf8'), {
  script,
  style: styles.join('\n'),
  icon: readFileSync('public/favicon.svg', 'utf8'),
});
mkdirSync('dist-single', { recursive: true });
writeFileSync(OUT, file);
console.log(`${OUT}  ${(Buffer.byteLength(file) / 1024).toFixed(1)} KiB`);
