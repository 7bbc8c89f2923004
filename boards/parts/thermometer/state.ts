// What a thermometer shows and takes; plain data.
export interface ThermometerState {
  readonly celsius: number;
}
export interface ThermometerInput {
  readonly celsius: number;
}
export const coldest = -5;
export const hottest = 50;
