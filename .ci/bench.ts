// `npm run bench`, second part: how long twenty of the lessons' checks take, bundled as the page has them. A check on a fresh
// board should feel instant: twenty of them take less than a second.
import { pathToFileURL, fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const outDir = `${root}.cache/bench`;
const runs = 5;

await build({
  configFile: false,
  root,
  logLevel: "warn",
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: "node24",
    outDir,
    emptyOutDir: true,
    rolldownOptions: {
      input: { check: `${root}lessons/check.ts`, load: `${root}lessons/load.ts` },
      output: { entryFileNames: "[name].mjs" },
    },
  },
});
const { runCheck } = (await import(pathToFileURL(`${outDir}/check.mjs`).href)) as typeof import("../lessons/check.ts");
const { lessonIds, loadLesson } = (await import(pathToFileURL(`${outDir}/load.mjs`).href)) as typeof import("../lessons/load.ts");

const jobs = lessonIds.flatMap((id) => {
  const lesson = loadLesson(id, "en");
  if (lesson === null) throw new Error(`no lesson ${id}`);
  return lesson.steps.flatMap((step) => step.checks.map((check) => ({ check, source: lesson.solution, board: lesson.board })));
});
const times: number[] = [];
for (let run = 0; run < runs; run++) {
  const start = performance.now();
  for (let i = 0; i < 20; i++) {
    const { check, source, board } = jobs[i % jobs.length];
    const result = runCheck(check, source, board);
    if (!result.passed) throw new Error(`${check.name} fails its own solution`);
  }
  times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
console.log(`20 checks: ${times[Math.floor(runs / 2)].toFixed(0)} ms (first run ${Math.max(...times).toFixed(0)} ms)`);
