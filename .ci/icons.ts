// The icon sprite: every icon that the page names, cut out of lucide-static at build time. An unknown name fails the build.
// The app's own drawings (app/styles/icons/*.svg) go before lucide's.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { iconNames } from "../app/styles/icons.ts";

/** One <symbol> per name, from a 24x24 stroke drawing. */
export function sprite(root: string): string {
  const symbols = iconNames.map((name) => {
    const own = `${root}app/styles/icons/${name}.svg`;
    const file = existsSync(own) ? own : `${root}node_modules/lucide-static/icons/${name}.svg`;
    const svg = readFileSync(file, "utf8");
    const body = svg
      .slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
      .replace(/\s+/g, " ")
      .trim();
    return `<symbol id="${name}" viewBox="0 0 24 24">${body}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

/** Writes the sprite where Vite takes static files from. It is made, not kept: .gitignore names it. */
export function writeIcons(root: string): void {
  mkdirSync(`${root}public`, { recursive: true });
  writeFileSync(`${root}public/icons.svg`, sprite(root));
}
