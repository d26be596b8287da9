/**
 * Deltas as bytes. By column that differs: its number, the count of its changes in four bytes, then one change after
 * the other: a byte with the distance from the word before in its high half (15: in four bytes that follow) and in
 * its low half which bytes of the word change, then the XOR of each of those. Two to five bytes a change mostly.
 */

/** Bytes a column's head and a change take at most. */
const HEAD = 5;
const MOST = 9;
const FAR = 15;

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
    let mask = 0;
    for (let k = 0; k < 4; k++) {
      const byte = (change >>> (8 * k)) & 0xff;
      if (byte === 0) continue;
      mask |= 1 << k;
      bytes[this.#end++] = byte;
    }
    bytes[lead] = (Math.min(gap, FAR) << 4) | mask;
  }

  /** The delta written. */
  finish(): Uint8Array {
    this.#closeColumn();
    return this.#bytes.slice(0, this.#end);
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
  readonly #bytes: Uint8Array;
  #at = 0;
  #left = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Goes to the next column, once all changes of this one are read; false at the end. */
  nextColumn(): boolean {
    if (this.#at >= this.#bytes.length) return false;
    this.column = this.#bytes[this.#at]!;
    this.#left = wordAt(this.#bytes, this.#at + 1);
    this.#at += HEAD;
    this.word = -1;
    return true;
  }

  /** Reads all changes of the column that lie in `words` and makes them there; the others are left to {@link next}. */
  xorInto(words: Int32Array): void {
    const bytes = this.#bytes;
    let at = this.#at;
    let left = this.#left;
    let word = this.word;
    for (; left > 0; left--) {
      let next = at;
      const lead = bytes[next++]!;
      let gap = lead >> 4;
      if (gap === FAR) {
        gap = wordAt(bytes, next);
        next += 4;
      }
      if (word + gap >= words.length) break;
      word += gap;
      let change = 0;
      if (lead & 1) change = bytes[next++]!;
      if (lead & 2) change |= bytes[next++]! << 8;
      if (lead & 4) change |= bytes[next++]! << 16;
      if (lead & 8) change |= bytes[next++]! << 24;
      words[word] = words[word]! ^ change;
      at = next;
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
    const lead = bytes[this.#at++]!;
    let gap = lead >> 4;
    if (gap === FAR) {
      gap = wordAt(bytes, this.#at);
      this.#at += 4;
    }
    this.word += gap;
    let change = 0;
    if (lead & 1) change = bytes[this.#at++]!;
    if (lead & 2) change |= bytes[this.#at++]! << 8;
    if (lead & 4) change |= bytes[this.#at++]! << 16;
    if (lead & 8) change |= bytes[this.#at++]! << 24;
    this.change = change;
    return true;
  }
}

function putWord(bytes: Uint8Array, at: number, word: number): void {
  for (let k = 0; k < 4; k++) bytes[at + k] = word >>> (8 * k);
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}
