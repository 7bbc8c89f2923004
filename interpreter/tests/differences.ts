// The page of known differences from MicroPython (differences/README.md), made from the programs that show them: a program's first
// comment line is the title, the comment after an empty comment line the reason.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { differences, type Difference } from "./programs.ts";

export const pageFile = fileURLToPath(new URL("differences/README.md", import.meta.url));

const intro = `# Known differences from MicroPython

Each program here prints something else in Blinkyard than in MicroPython, and says why. \`NAME.py.exp\` is what MicroPython printed
(its WebAssembly port from npm), \`NAME.py.out\` what Blinkyard prints; \`npm test\` fails when either is no longer so. This page is
made by \`npm run expect\` from the programs; programs of the fuzzer (\`../fuzz\`) avoid what stands here.
`;

/** The title and the reason that a program begins with. Throws where one is missing. */
export function headerOf({ name, file }: Difference): { title: string; why: string } {
  const lines = readFileSync(file, "utf8").split("\n");
  const end = lines.findIndex((line) => !line.startsWith("#"));
  const [title, gap, ...why] = lines.slice(0, end).map((line) => line.slice(1).trim());
  if (!title || gap !== "" || why.length === 0) throw new Error(`${name}: begins with no title and reason`);
  return { title, why: why.join(" ").replace(/^Why: (.)/, (_, first: string) => first.toUpperCase()) };
}

export function page(): string {
  const sections = differences().map((difference) => {
    const { title, why } = headerOf(difference);
    const name = difference.name.slice("differences/".length);
    return `## ${title.replace(/\.$/, "")}\n\n${why}\n\n[${name}](${name})\n`;
  });
  return [intro, ...sections].join("\n");
}
