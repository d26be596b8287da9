/** The engine's half of the buddy benchmark as a program: PAGES OPERATIONS SEED in, `ns checksum` out. */
import { engineAllocator, runStream } from './buddy-stream.ts';

const [pages, operations, seed] = process.argv.slice(2).map(Number);
if (!pages || !operations || !seed) throw new Error('usage: buddy-engine PAGES OPERATIONS SEED');
const { ns, checksum } = runStream(engineAllocator(pages), pages, operations, seed);
console.log(`${ns} ${checksum}`);
