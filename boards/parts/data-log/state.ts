// What the data log shows; plain data. The rows themselves are too many to cross with every change: the model has them.
export interface DataLogState {
  readonly columns: readonly string[];
  readonly rows: number;
  readonly bytes: number;
  readonly isFull: boolean;
}
export type DataLogInput = "clear";
