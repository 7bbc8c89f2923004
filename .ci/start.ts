// `npm start`: builds the site, serves it on this computer and says where. PORT chooses another port than 8080.
import { fileURLToPath } from "node:url";
import { buildAll } from "./build.ts";
import { serve, type Site } from "./serve.ts";

const folder = fileURLToPath(new URL("../dist/site", import.meta.url));

/** The wanted port, or the next free one: a second clone may be running. */
async function serveNear(port: number): Promise<Site> {
  for (let tried = port; tried < port + 20; tried++) {
    try {
      return await serve(folder, tried);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || process.env.PORT) throw error;
    }
  }
  return serve(folder, 0);
}

await buildAll();
const site = await serveNear(Number(process.env.PORT ?? 8080));
console.log(`\nBlinkyard is at ${site.url}\nCtrl+C ends it.`);
