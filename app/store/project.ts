// A project and its versions as they are kept: plain data. Nothing here knows where they are kept or how they are shown.
import type { Wiring } from "../../boards/wiring.ts";
import type { Tape } from "./tape.ts";

/** One program with its files. `files` always has main.py. */
export interface Project {
  readonly id: string;
  readonly name: string;
  /** A board's id, as in boards/index.ts. */
  readonly board: string;
  readonly files: Readonly<Record<string, string>>;
  /** Where blocks stand: the block editor's own record, never read elsewhere. */
  readonly layout: unknown;
  /** The lesson this project is for, or null. */
  readonly lesson: string | null;
  /** The last picture on the LEDs, 25 levels of 0-9 row by row, or null. */
  readonly picture: readonly number[] | null;
  /** What is wired to its board's pins. Projects from before there were such parts have none. */
  readonly wiring?: Wiring | undefined;
  /** What happened to its board, recorded. Projects from before there were tapes have none. */
  readonly tapes?: readonly Tape[] | undefined;
  readonly created: number;
  readonly changed: number;
  /** When it was deleted: kept until the undo has passed. */
  readonly deleted: number | null;
}

/** What a project was at some moment. */
export interface Version {
  readonly key?: number;
  readonly project: string;
  readonly at: number;
  readonly name: string;
  readonly board: string;
  readonly files: Readonly<Record<string, string>>;
  readonly layout: unknown;
}

/** What travels in links and files: a project without its history. */
export type Parcel = Pick<Project, "name" | "board" | "files" | "layout" | "wiring" | "tapes">;

export const mainFile = "main.py";

/** Makes a project record of a parcel. */
export function createProject(parcel: Parcel, now: number, lesson: string | null = null): Project {
  return {
    id: crypto.randomUUID().slice(0, 13),
    name: parcel.name,
    board: parcel.board,
    files: parcel.files,
    layout: parcel.layout,
    lesson,
    picture: null,
    ...(parcel.wiring && Object.keys(parcel.wiring).length > 0 ? { wiring: parcel.wiring } : {}),
    ...(parcel.tapes?.length ? { tapes: parcel.tapes } : {}),
    created: now,
    changed: now,
    deleted: null,
  };
}

/** "Name", "Name 2", "Name 3": the first that is free. */
export function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  const stem = name.replace(/ \d+$/, "");
  for (let n = 2; ; n++) if (!taken.includes(`${stem} ${n}`)) return `${stem} ${n}`;
}

/** Same files, byte for byte? Then no version is needed. */
export function sameFiles(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
