// How six lines are told apart without colour: each has a dash and a mark of its own. Used by the picture and by its legend.

export interface Mark {
  /** The token of its colour. */
  readonly colour: string;
  /** Lengths of strokes and gaps, CSS px; none for a whole line. */
  readonly dash: readonly number[];
  /** SVG path data about the origin, about 9 px across. */
  readonly shape: string;
}

export const marks: readonly Mark[] = [
  { colour: "--plot-1", dash: [], shape: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z" },
  { colour: "--plot-2", dash: [9, 4], shape: "M-3.6-3.6h7.2v7.2h-7.2Z" },
  { colour: "--plot-3", dash: [2, 3], shape: "M0-4.8 4.8 3.6h-9.6Z" },
  { colour: "--plot-4", dash: [12, 3, 2, 3], shape: "M0-5.2 5.2 0 0 5.2-5.2 0Z" },
  { colour: "--plot-5", dash: [5, 5], shape: "M-4-4 4 4M4-4-4 4" },
  { colour: "--plot-6", dash: [14, 3, 2, 3, 2, 3], shape: "M0-5.2V5.2M-5.2 0H5.2" },
];
