// Heap accounting: what Python objects would take of the board's heap, in blocks of four machine words as MicroPython's collector
// hands them out (py/gc.c). Objects count when they are made; when the count is used up, the VM walks what is live (vm/gc.ts),
// and only if that does not help there is a MemoryError. Making an object costs one subtraction and one comparison.

/** The most blocks that any object may take at once, so that a page or a command is not eaten up. */
const MOST = (1 << 28) / 32;

export const heap: {
  /** Blocks that can be handed out before the collector has to look. Below zero while the heap is locked. */
  left: number;
  /** Bytes of a block: 16 on 32-bit boards, 32 on unix. */
  blockBytes: number;
  /** Blocks of a float: none where it fits into the word that would refer to it. */
  floatBlocks: number;
  /** Makes room for so many blocks that are already taken from `left`, or raises MemoryError. The VM's (vm/gc.ts). */
  exhausted: (blocks: number, bytes?: number) => void;
} = { left: Infinity, blockBytes: 32, floatBlocks: 1, exhausted: () => {} };

/** Counts an object of so many blocks. Raises MemoryError when it does not fit. */
export function allocate(blocks: number): void {
  if ((heap.left -= blocks) < 0) heap.exhausted(blocks);
}

/** Makes what the firmware has already, or keeps off the heap: it counts for nothing. */
export function uncounted<T>(make: () => T): T {
  const { left } = heap;
  heap.left = Infinity;
  try {
    return make();
  } finally {
    heap.left = left;
  }
}

/** Counts so many bytes: the text of a string, the items of a list. Raises MemoryError when they do not fit. */
export function checkAllocation(bytes: number): void {
  const blocks = Math.ceil(bytes / heap.blockBytes);
  if (blocks > MOST || (heap.left -= blocks) < 0) heap.exhausted(blocks, bytes);
}

/** Counts that something of so many blocks gets room for so many words, as realloc does where it stands. Raises MemoryError. */
export function growAllocation(before: number, words: number): void {
  const blocks = Math.ceil(words / 4) - before;
  if (blocks > MOST || (heap.left -= blocks) < 0) heap.exhausted(blocks, (words * heap.blockBytes) / 4);
}

/** Counts a string of so many bytes: its header, and the text with the zero that ends it. Raises MemoryError. */
export function allocateText(length: number): void {
  const blocks = 1 + Math.ceil((length + 1) / heap.blockBytes);
  if (blocks > MOST || (heap.left -= blocks) < 0) heap.exhausted(blocks, length + 1);
}
