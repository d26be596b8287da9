/**
 * Deltas as bytes. By column that differs: its number, the count of its changes in four bytes, then one change after
 * the other: a byte with the distance from the word before in its high half (15: in four bytes that follow) and in
 * its low half the first byte of the word that changes and how many more do, then the XOR of those. Two to five bytes
 * a change mostly. Which bytes change is as good as random, so they are read without asking, and spare ones at the
 * very end make that safe.
 */

/** Bytes a column's head and a change take at most. */
const HEAD = 5;
const MOST = 9;
const FAR = 15;
/** Spare bytes at the end. */
const SPARE = 3;

/** By the low half of a change's first byte: bytes that follow, which bits of four bytes read they are, and how far up they belong. */
const COUNT = Uint8Array.from({ length: 16 }, (_, span) => (span & 3) + 1);
const BITS = Int32Array.from(COUNT, (count) => -1 >>> (8 * (4 - count)));
const SHIFT = Uint8Array.from({ length: 16 }, (_, span) => 8 * (span >> 2));

export class DeltaWriter {
  #bytes = new Uint8Array(1 << 16);
  #end = 0;
  /** Where the head of the column being written is. */
  #head = 0;
  #changes = 0;
  #last = -1;

  /** Begins a delta; the one before is over. */
  start(): void {
    this.#end = 0;
    this.#head = 0;
    this.#changes = 0;
  }

  /** Goes on with a column; one without changes leaves nothing. */
  startColumn(column: number): void {
    this.#closeColumn();
    this.#makeRoom(HEAD);
    this.#head = this.#end;
    this.#bytes[this.#end] = column;
    this.#end += HEAD;
    this.#changes = 0;
    this.#last = -1;
  }

  /** Writes a change of one word, which must lie behind the last. */
  put(word: number, change: number): void {
    if (this.#end + MOST > this.#bytes.length) this.#makeRoom(MOST);
    const bytes = this.#bytes;
    const gap = word - this.#last;
    this.#last = word;
    this.#changes++;
    const lead = this.#end++;
    if (gap >= FAR) {
      putWord(bytes, this.#end, gap);
      this.#end += 4;
    }
    const first = (31 - Math.clz32(change & -change)) >> 3;
    const last = (31 - Math.clz32(change)) >> 3;
    for (let k = first; k <= last; k++) bytes[this.#end++] = change >>> (8 * k);
    bytes[lead] = (Math.min(gap, FAR) << 4) | (first << 2) | (last - first);
  }

  /** The delta written. */
  finish(): Uint8Array {
    this.#closeColumn();
    this.#makeRoom(SPARE);
    return this.#bytes.slice(0, this.#end === 0 ? 0 : this.#end + SPARE);
  }

  #closeColumn(): void {
    if (this.#changes === 0) this.#end = this.#head;
    else putWord(this.#bytes, this.#head + 1, this.#changes);
    this.#head = this.#end;
    this.#changes = 0;
  }

  #makeRoom(count: number): void {
    if (this.#end + count <= this.#bytes.length) return;
    const longer = new Uint8Array(this.#bytes.length * 2);
    longer.set(this.#bytes);
    this.#bytes = longer;
  }
}

export class DeltaReader {
  /** Number of the column being read. */
  column = 0;
  /** Place of the change read last, and its XOR. */
  word = -1;
  change = 0;
  /** Reads four bytes at any place at once, as four reads of a byte array do not. */
  readonly #bytes: DataView;
  #at = 0;
  #left = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Goes to the next column, once all changes of this one are read; false at the end. */
  nextColumn(): boolean {
    if (this.#at >= this.#bytes.byteLength - SPARE) return false;
    this.column = this.#bytes.getUint8(this.#at);
    this.#left = this.#bytes.getUint32(this.#at + 1, true);
    this.#at += HEAD;
    this.word = -1;
    return true;
  }

  /** Reads the column's changes that lie before word `end` and makes them in `words`; the others are left to a later call or {@link next}. */
  xorInto(words: Int32Array, end: number): void {
    const bytes = this.#bytes;
    let at = this.#at;
    let left = this.#left;
    let word = this.word;
    for (; left > 0; left--) {
      let next = at;
      const lead = bytes.getUint8(next++);
      let gap = lead >> 4;
      if (gap === FAR) {
        gap = bytes.getUint32(next, true);
        next += 4;
      }
      if (word + gap >= end) break;
      word += gap;
      const span = lead & 15;
      words[word] = words[word]! ^ ((bytes.getInt32(next, true) & BITS[span]!) << SHIFT[span]!);
      at = next + COUNT[span]!;
    }
    this.#at = at;
    this.#left = left;
    this.word = word;
  }

  /** Reads the column's next change; false when there is none left. */
  next(): boolean {
    if (this.#left === 0) return false;
    this.#left--;
    const bytes = this.#bytes;
    const lead = bytes.getUint8(this.#at++);
    let gap = lead >> 4;
    if (gap === FAR) {
      gap = bytes.getUint32(this.#at, true);
      this.#at += 4;
    }
    this.word += gap;
    const span = lead & 15;
    this.change = (bytes.getInt32(this.#at, true) & BITS[span]!) << SHIFT[span]!;
    this.#at += COUNT[span]!;
    return true;
  }
}

function putWord(bytes: Uint8Array, at: number, word: number): void {
  for (let k = 0; k < 4; k++) bytes[at + k] = word >>> (8 * k);
}
