// Where the programs are that tests drive: a Chrome or Chromium, QEMU for ARM, and micro:bit V1 firmware. Finds, never installs.
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

function onPath(names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const file = join(folder, process.platform === "win32" ? `${name}.exe` : name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not in this folder: look in the next.
      }
    }
  }
  return null;
}

const first = (files) => files.find((file) => file && existsSync(file)) ?? null;

/** The browser's program file, or null. CHROME_PATH goes before all others. */
export function findChrome() {
  const programs = [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"], process.env.LOCALAPPDATA];
  return (
    first([process.env.CHROME_PATH]) ??
    onPath(["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]) ??
    first([
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
      ...programs.map((folder) => folder && join(folder, "Google/Chrome/Application/chrome.exe")),
    ])
  );
}

/** qemu-system-arm, or null. */
export function findQemu() {
  return first([process.env.QEMU]) ?? onPath(["qemu-system-arm"]);
}

/** The hex of MicroPython for micro:bit V1, or null. MICROBIT_FIRMWARE goes first; then Debian's package. */
export function findFirmware() {
  return first([process.env.MICROBIT_FIRMWARE, "/usr/share/firmware-microbit-micropython/firmware.hex"]);
}
