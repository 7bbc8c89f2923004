// What the light sensor (the LEDs, used backwards) shows and takes; plain data.
export interface LightSensorState {
  /** 0 dark .. 255 bright. */
  readonly level: number;
}
export interface LightSensorInput {
  readonly level: number;
}
