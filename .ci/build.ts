// `npm run build`: the site with its service worker into dist/site, and the commands for Node into dist/cli.
// Every file that the site needs is in its precache list, so that one visit is enough for all later ones.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type InlineConfig } from "vite";
import { injectManifest } from "workbox-build";
import { writeIcons } from "./icons.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const site = `${root}dist/site`;

/** Commands for Node 20 and later: bundled, because opcodes are fast only as literals. */
const commands = [
  { entry: "interpreter/cli.ts", name: "py" },
  { entry: "interpreter/mpy-cross.ts", name: "mpy-cross" },
  { entry: "boards/cli.ts", name: "board" },
];

async function buildSite(): Promise<void> {
  writeIcons(root);
  await build({ configFile: `${root}vite.config.ts`, logLevel: "warn" });
  // Blockly's sounds and cursors; the editor is told to look here instead of on Blockly's own server.
  mkdirSync(`${site}/blockly`, { recursive: true });
  cpSync(`${root}node_modules/blockly/media`, `${site}/blockly`, { recursive: true });
}

async function buildServiceWorker(): Promise<void> {
  const swSrc = `${root}.cache/sw/sw.js`;
  await build({
    configFile: false,
    root,
    logLevel: "warn",
    publicDir: false,
    define: { "process.env.NODE_ENV": JSON.stringify("production") },
    build: {
      outDir: `${root}.cache/sw`,
      emptyOutDir: true,
      lib: { entry: `${root}app/sw.ts`, formats: ["iife"], name: "sw", fileName: () => "sw.js" },
    },
  });
  const { warnings } = await injectManifest({
    swSrc,
    swDest: `${site}/sw.js`,
    globDirectory: site,
    globPatterns: ["**/*.{html,js,css,json,webmanifest,svg,png,woff2,gif,cur,mp3,wav,ogg}"],
    globIgnores: ["sw.js", "build.json", "screenshot-*.png"],
    // Vite's names carry a hash of their content: no need to ask the server for these again.
    dontCacheBustURLsMatching: /^assets\//,
    maximumFileSizeToCacheInBytes: 4e6,
  });
  for (const warning of warnings) console.warn(warning);
}

/**
 * Starts a command's bundle from what V8 compiled of it the time before, which the first run of each Node leaves beside it: a
 * program of one line does not wait for the parser. Modules are asked for by process.getBuiltinModule, because the loaders of
 * ES modules and of CommonJS would take longer than the bundle.
 */
const launcher = (
  name: string,
): string => `const { readFileSync, renameSync, writeFileSync } = process.getBuiltinModule("node:fs");
const { Script } = process.getBuiltinModule("node:vm");

const filename = import.meta.dirname + "/bundle/${name}.js";
const cache = \`\${filename}.\${process.version}-\${process.arch}\`;
let cachedData;
try {
  cachedData = readFileSync(cache);
} catch {}
const script = new Script(readFileSync(filename, "latin1"), { filename, cachedData });
if (!cachedData || script.cachedDataRejected) {
  process.on("exit", () => {
    try {
      writeFileSync(\`\${cache}.\${process.pid}\`, script.createCachedData());
      renameSync(\`\${cache}.\${process.pid}\`, cache);
    } catch {}
  });
}
script.runInThisContext()(process.getBuiltinModule);
`;

/** A command is two files: the bundle, one function of `require`, and the launcher that is called. */
async function buildCommand(entry: string, name: string): Promise<void> {
  const config: InlineConfig = {
    configFile: false,
    root,
    logLevel: "warn",
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: `${root}${entry}`,
      target: "node20",
      outDir: `${root}dist/cli/bundle`,
      emptyOutDir: false,
      minify: true,
      rolldownOptions: { output: { format: "cjs", entryFileNames: `${name}.js`, codeSplitting: false } },
    },
  };
  await build(config);
  const bundle = `${root}dist/cli/bundle/${name}.js`;
  // The launcher reads Latin-1, which is quickest, and a character beyond that would double what V8 reads: all are escapes.
  const escape = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  const code = readFileSync(bundle, "utf8").replace(/[^\0-\x7f]/g, escape);
  writeFileSync(bundle, `(function (require) {${code}\n})`);
  writeFileSync(`${root}dist/cli/${name}.mjs`, launcher(name));
}

/** Builds everything. Throws at the first thing that does not build. */
export async function buildAll(): Promise<void> {
  rmSync(`${root}dist`, { recursive: true, force: true });
  if (existsSync(`${root}app/index.html`)) {
    await buildSite();
    await buildServiceWorker();
  }
  for (const { entry, name } of commands) if (existsSync(root + entry)) await buildCommand(entry, name);
  // The first run fills the cache.
  spawnSync(process.execPath, [`${root}dist/cli/py.mjs`, "-c", "print()"]);
}

if (import.meta.main) await buildAll();
