import { describe, expect, test } from "vitest";
import { address, parseRoute } from "./router.ts";

describe("router", () => {
  test.each([
    ["", { page: "home" }],
    ["#/", { page: "home" }],
    ["#/project/abc-1", { page: "project", id: "abc-1" }],
    ["#/lesson/first%20steps", { page: "lesson", id: "first steps" }],
    ["#/settings", { page: "settings" }],
    ["#share=1.ab.c/d", { page: "shared", fragment: "#share=1.ab.c/d" }],
    ["#/project/", { page: "missing" }],
    ["#/settings/x", { page: "missing" }],
    ["#/nonsense", { page: "missing" }],
  ])("%s", (hash, route) => expect(parseRoute(hash)).toEqual(route));

  test("addresses lead back to their routes", () => {
    const route = { page: "project", id: "a/b c" } as const;
    expect(parseRoute(address(route))).toEqual(route);
  });
});
