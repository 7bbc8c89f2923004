import { expect, test, vi } from "vitest";
import { Touch } from "./model.ts";

test("tells each change once", () => {
  const touch = new Touch();
  touch.onChange = vi.fn();
  for (const event of ["press", "press", "release"] as const) touch.input(event);
  expect(touch.state).toEqual({ touched: false });
  expect(touch.onChange).toHaveBeenCalledTimes(2);
});
