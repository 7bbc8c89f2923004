// `npm run size`: what the first visit loads and what the service worker keeps, against their limits. After `npm run build`.
import { readFileSync, statSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const site = fileURLToPath(new URL("../dist/site", import.meta.url));
const firstLoadLimit = 120_000; // gzip, before Blockly and CodeMirror
const precacheLimit = 4_000_000; // as stored

/** The page and what it loads at once: linked styles and preloads, the entry script, and what those import statically. */
function firstLoad(): Map<string, number> {
  const sizes = new Map<string, number>();
  const add = (path: string) => {
    if (sizes.has(path)) return;
    const bytes = readFileSync(join(site, path));
    const isCompressed = /\.(woff2|png)$/.test(path);
    sizes.set(path, isCompressed ? 0 : gzipSync(bytes).length);
    if (path.endsWith(".js")) {
      const code = bytes.toString();
      for (const [, name] of code.matchAll(/(?:from|import)\s*["'](\.[^"']+\.js)["']/g)) add(posix.join(dirname(path), name!));
    }
  };
  const html = readFileSync(join(site, "index.html"), "utf8");
  add("index.html");
  for (const [, url] of html.matchAll(/(?:src|href)="\.?\/?([^"#]+\.(?:js|css|svg))"/g)) add(url!);
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
console.log(`first load ${(firstBytes / 1000).toFixed(1)} kB gzip (limit ${firstLoadLimit / 1000})`);
console.log(`precached  ${(allBytes / 1000).toFixed(0)} kB (limit ${precacheLimit / 1000})`);
if (firstBytes > firstLoadLimit || allBytes > precacheLimit) {
  console.error("Too big.");
  process.exitCode = 1;
}
