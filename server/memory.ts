/**
 * Memory after the start. Loading the code leaves garbage behind, and a heap that has grown for it. An idle process never
 * gets to collecting that by itself: it would keep a fifth more than it needs until the first busy hour.
 */

/** Collects what is garbage and gives what is free back to the system; takes a fifth of a second, once. */
export async function settleMemory(): Promise<void> {
  // There when the launcher started this process.
  await globalThis.gc?.({ type: 'major', execution: 'async', flavor: 'last-resort' });
}
