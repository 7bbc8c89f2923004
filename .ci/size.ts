// `npm run size`: what the first visit loads, what the service worker keeps and how big the interpreter is, against their limits.
// After `npm run build`.
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const site = fileURLToPath(new URL("../dist/site", import.meta.url));
const firstLoadLimit = 120_000; // gzip, before Blockly and CodeMirror
const precacheLimit = 4_000_000; // as stored
const interpreterLimit = 160_000; // brotli; MicroPython's WebAssembly port takes 192 kB

/**
 * What a first visit to Home loads before it is drawn: the page, these modules with all that they import statically, their styles.
 * The typeface comes after the first picture (font-display: swap) and is told apart.
 */
const firstModules = ["index.html", "shell/app.ts", "pages/home.ts", "../boards/microbit/view.ts"];
const firstFiles = ["index.html", "icons.svg", "icon.svg", "manifest.webmanifest"];

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
}

function firstLoad(): Map<string, number> {
  const sizes = new Map<string, number>();
  const add = (path: string) => {
    sizes.set(path, gzipSync(readFileSync(join(site, path))).length);
  };
  const chunks = JSON.parse(readFileSync(join(site, "build.json"), "utf8")) as Record<string, Chunk>;
  const seen = new Set<string>();
  const visit = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    const chunk = chunks[name];
    if (!chunk) throw new Error(`${name} is no longer a chunk of its own: see what a first visit loads now.`);
    [chunk.file, ...(chunk.css ?? [])].forEach(add);
    chunk.imports?.forEach(visit);
  };
  firstModules.forEach(visit);
  firstFiles.forEach(add);
  return sizes;
}

/** Every file in the service worker's list. */
function precached(): number {
  const worker = readFileSync(join(site, "sw.js"), "utf8");
  const urls = [...worker.matchAll(/url:\s*["'`]([^"'`]+)["'`]/g)].map((match) => match[1]!);
  const json = [...worker.matchAll(/"url":\s*"([^"]+)"/g)].map((match) => match[1]!);
  const all = new Set([...urls, ...json]);
  if (all.size < 5) throw new Error("The service worker has no precache list.");
  return [...all].reduce((sum, url) => sum + statSync(join(site, url)).size, 0);
}

const first = firstLoad();
const firstBytes = [...first.values()].reduce((sum, size) => sum + size, 0);
const allBytes = precached();
for (const [path, size] of [...first].sort((a, b) => b[1] - a[1])) console.log(`${String(size).padStart(8)}  ${path}`);
const fonts = globSync("assets/*next-latin-wght*.woff2", { cwd: site });
const fontBytes = fonts.reduce((sum, font) => sum + statSync(join(site, font)).size, 0);
console.log(
  `first load ${(firstBytes / 1000).toFixed(1)} kB gzip (limit ${firstLoadLimit / 1000}), then ${(fontBytes / 1000).toFixed(1)} kB of typeface`,
);
console.log(`precached  ${(allBytes / 1000).toFixed(0)} kB (limit ${precacheLimit / 1000})`);
// The command is the interpreter, its library and a few lines of Node.
const command = readFileSync(fileURLToPath(new URL("../dist/cli/bundle/py.mjs", import.meta.url)));
const interpreterBytes = brotliCompressSync(command).length;
console.log(`interpreter ${(interpreterBytes / 1000).toFixed(1)} kB brotli (limit ${interpreterLimit / 1000})`);
if (firstBytes > firstLoadLimit || allBytes > precacheLimit || interpreterBytes > interpreterLimit) {
  console.error("Too big.");
  process.exitCode = 1;
}
