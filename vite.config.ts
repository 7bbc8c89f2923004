// The page and the simulator's worker into dist/site. Relative addresses, so that any folder of any static host will do.
import { defineConfig } from "vite";

export default defineConfig({
  root: "app",
  base: "./",
  publicDir: "../public",
  worker: { format: "es" },
  define: { __VERSION__: JSON.stringify(process.env.npm_package_version ?? "0.1.0") },
  build: {
    outDir: "../dist/site",
    emptyOutDir: true,
    manifest: "build.json",
    target: "es2022",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    modulePreload: { polyfill: false },
  },
});
