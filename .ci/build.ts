// `npm run build`: the site with its service worker into dist/site, and the commands for Node into dist/cli.
// Every file that the site needs is in its precache list, so that one visit is enough for all later ones.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type InlineConfig } from "vite";
import { injectManifest } from "workbox-build";
import { writeIcons } from "./icons.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const site = `${root}dist/site`;

/** Commands for Node 20 and later: bundled, because opcodes are fast only as literals. */
const commands = [
  { entry: "interpreter/cli.ts", file: "py.mjs" },
  { entry: "interpreter/mpy-cross.ts", file: "mpy-cross.mjs" },
  { entry: "boards/cli.ts", file: "board.mjs" },
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
 * A command is two files: the bundle, and the launcher that is called. The launcher has Node keep what V8 compiles of the bundle,
 * where Node can (22 and later), so that a program of one line does not wait for the parser.
 */
async function buildCommand(entry: string, file: string): Promise<void> {
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
      rolldownOptions: { output: { entryFileNames: file, codeSplitting: false } },
    },
  };
  await build(config);
  writeFileSync(
    `${root}dist/cli/${file}`,
    `import module from "node:module";
import { fileURLToPath } from "node:url";

module.enableCompileCache?.(fileURLToPath(new URL("cache", import.meta.url)));
await import("./bundle/${file}");
`,
  );
}

/** Builds everything. Throws at the first thing that does not build. */
export async function buildAll(): Promise<void> {
  rmSync(`${root}dist`, { recursive: true, force: true });
  if (existsSync(`${root}app/index.html`)) {
    await buildSite();
    await buildServiceWorker();
  }
  for (const { entry, file } of commands) if (existsSync(root + entry)) await buildCommand(entry, file);
  // The first run fills the cache.
  spawnSync(process.execPath, [`${root}dist/cli/py.mjs`, "-c", "print()"]);
}

if (import.meta.main) await buildAll();
