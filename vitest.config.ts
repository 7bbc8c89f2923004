// Unit tests of every floor, beside their files. End-to-end tests have their own config in app/e2e.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{interpreter,boards,blocks,lessons,app}/**/*.test.ts"],
    exclude: ["app/e2e/**", "node_modules/**"],
    testTimeout: 20_000,
  },
});
