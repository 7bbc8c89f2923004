// What the data log shows; plain data. The rows themselves are too many to cross with every change: the model has them.
/** Bytes of CSV that fit (measured: facts of microbit-v2's log module). */
export const capacity = 118780;

export interface DataLogState {
  readonly columns: readonly string[];
  readonly rows: number;
  readonly bytes: number;
  readonly isFull: boolean;
}
export type DataLogInput = "clear";
