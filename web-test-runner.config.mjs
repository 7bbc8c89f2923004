// Elements in a real browser, each with axe. Tests are app/**/*.wtr.ts; packages are served as they are.
import { mkdirSync, writeFileSync } from "node:fs";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { chromeLauncher } from "@web/test-runner-chrome";
import { defaultReporter } from "@web/test-runner";
import { findChrome } from "./.ci/find.mjs";

/** Leaves the counts where `npm test` adds them up. */
const countReporter = {
  reportTestFileResults() {},
  onTestRunFinished({ sessions }) {
    let numPassedTests = 0;
    let numFailedTests = 0;
    const visit = (suite) => {
      for (const test of suite?.tests ?? []) {
        if (test.passed) numPassedTests++;
        else numFailedTests++;
      }
      for (const inner of suite?.suites ?? []) visit(inner);
    };
    for (const session of sessions) {
      visit(session.testResults);
      if (session.errors.length > 0) numFailedTests++;
    }
    mkdirSync(".cache/test", { recursive: true });
    writeFileSync(".cache/test/elements.json", JSON.stringify({ numPassedTests, numFailedTests }));
  },
};

/** Dexie's entry for bundlers wraps a script that only a bundler makes a module of. Its module is given instead. */
const dexieModule = {
  name: "dexie-module",
  resolveImport: ({ source }) => (source === "dexie" ? "/node_modules/dexie/dist/modern/dexie.mjs" : undefined),
};

export default {
  rootDir: ".",
  files: ["app/**/*.wtr.ts"],
  nodeResolve: { exportConditions: ["browser", "production"] },
  concurrency: 1,
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: findChrome() ?? undefined,
        args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
      },
    }),
  ],
  plugins: [dexieModule, esbuildPlugin({ ts: true, target: "es2022", tsconfig: ".ci/tsconfig.base.json" })],
  reporters: [defaultReporter({ reportTestProgress: false }), countReporter],
  testFramework: { config: { timeout: 10000 } },
};
