// What an ultrasonic distance sensor shows and takes; plain data.
export interface HcSr04State {
  /** How far off what stands before it is. */
  readonly distanceCm: number;
  /** Of the air: sound is faster when it is warm. */
  readonly celsius: number;
}
export type HcSr04Input = { readonly distanceCm: number } | { readonly celsius: number };
