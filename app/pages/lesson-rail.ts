import { nothing } from "lit";
export function lessonRail(..._: unknown[]) {
  return nothing;
}
