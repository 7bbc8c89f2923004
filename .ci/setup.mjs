// Makes a bare clone ready: packages as the lock file says, and with --test also a browser, QEMU and micro:bit firmware.
// Plain JavaScript without packages: it runs before they exist, on Node 20. Nothing is done when all is there.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChrome, findFirmware, findQemu } from "./find.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Why node_modules differs from the lock file, or null. Optional packages of other platforms may be missing. */
function stale() {
  const installed = join(root, "node_modules/.package-lock.json");
  if (!existsSync(installed)) return "no packages are installed";
  const want = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const have = JSON.parse(readFileSync(installed, "utf8")).packages;
  for (const [path, entry] of Object.entries(want)) {
    if (path === "") continue;
    if (have[path] ? have[path].version !== entry.version : !entry.optional) return `${path} is not the one in package-lock.json`;
  }
  for (const path of Object.keys(have)) if (!want[path]) return `${path} is not in package-lock.json`;
  return null;
}

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
    ...options,
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

const reason = stale();
if (reason) {
  console.log(`Installing packages (${reason}).`);
  run("npm", ["ci", "--no-audit", "--no-fund"]);
}

if (process.argv.includes("--test")) {
  const missing = [
    findChrome() ? null : "chromium",
    findQemu() ? null : "qemu-system-arm",
    findFirmware() ? null : "firmware-microbit-micropython",
  ].filter((name) => name !== null);
  if (missing.length > 0) {
    const isDebian = existsSync("/etc/debian_version");
    if (isDebian && process.getuid?.() === 0) {
      console.log(`Installing ${missing.join(", ")}.`);
      const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
      run("apt-get", ["update", "-qq"], { env });
      run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missing], { env });
    } else if (isDebian) {
      console.error(`The tests need more programs. Run: sudo apt-get install ${missing.join(" ")}`);
      process.exit(1);
    } else {
      console.error("The tests need Chrome or Chromium (set CHROME_PATH if it is in an unusual place).");
      console.error(
        "The tests against real firmware also need QEMU for ARM (qemu-system-arm) and a micro:bit V1 MicroPython hex:",
      );
      console.error("set MICROBIT_FIRMWARE to that file.");
      console.error(`Not found: ${missing.join(", ")}`);
      process.exit(1);
    }
  }
}
