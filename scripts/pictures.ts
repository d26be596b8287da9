/** `npm run pictures`: draws the presets' pictures again, after one of them or the engine has changed. */
import { writeFileSync } from 'node:fs';
import { readPresetFiles } from '../src/cli/preset-files.ts';
import { PICTURES_FILE, pictureLine } from './preset-pictures.ts';

const lines = readPresetFiles().map(pictureLine);
writeFileSync(PICTURES_FILE, `${lines.join('\n')}\n`);
console.log(`${PICTURES_FILE}  ${lines.length} pictures`);
