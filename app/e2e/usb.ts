// A micro:bit in navigator.usb for end-to-end tests, and what a test asks of it.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import type { UsbBoard, UsbOptions } from "../../boards/link/usb-board.ts";

type InPage = { usbBoard: UsbBoard };

/** Plugs a modelled micro:bit in. Call before the page is opened. */
export async function plugUsb(page: Page, options: UsbOptions = {}): Promise<void> {
  const entry = fileURLToPath(import.meta.url).replace(/usb\.ts$/, "usb.page.ts");
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: "iife", target: "es2022" });
  await page.addInitScript(`globalThis.usbOptions = ${JSON.stringify(options)};\n${outputFiles[0]!.text}`);
}

/** The board's whole flash. */
export async function flashOf(page: Page): Promise<Uint8Array> {
  const text = await page.evaluate(() => {
    const { flash } = (globalThis as unknown as InPage).usbBoard.target;
    let text = "";
    for (let at = 0; at < flash.length; at += 0x1000) text += String.fromCharCode(...flash.subarray(at, at + 0x1000));
    return text;
  });
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** The cable is pulled after so many more transfers. */
export function pullAfter(page: Page, transfers: number): Promise<void> {
  return page.evaluate((more) => {
    const { usbBoard } = globalThis as unknown as InPage;
    usbBoard.pullAt = usbBoard.transfers + more;
  }, transfers);
}

export function plugInAgain(page: Page): Promise<void> {
  return page.evaluate(() => (globalThis as unknown as InPage).usbBoard.plugIn());
}
