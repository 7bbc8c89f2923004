// End-to-end tests: the built site in a real browser, one file after the other. Run `npm run build` first.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    include: ["app/e2e/**/*.test.ts"],
    fileParallelism: false,
    // With axe at several sizes, on a machine that does other things as well.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // A busy machine with two cores takes its time; what never comes is still told before the test's own end.
    expect: { poll: { timeout: 10_000 } },
  },
});
