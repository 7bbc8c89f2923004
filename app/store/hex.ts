// Hex files for the page: what boards/link/firmware.ts does, done in a worker that lives as long as one question.
import type { Firmware, HexContent, HexError, HexFault } from "../../boards/link/firmware.ts";
import type { HexReply, HexRequest } from "./hex.worker.ts";

/** HexError, come from the worker. The page words `fault` with `detail`. */
export class HexRefusal extends Error {
  readonly fault: HexFault;
  readonly detail: HexError["detail"];
  constructor(fault: HexFault, detail: HexError["detail"]) {
    super(`hex: ${fault}`);
    this.fault = fault;
    this.detail = detail;
  }
}

/** What a hex holds. Throws HexRefusal. */
export async function readHex(text: string): Promise<HexContent> {
  const reply = await ask({ type: "read", text });
  if (!("content" in reply)) throw new Error("hex: no content");
  return reply.content;
}

/** A hex with a project's files inside. Throws HexRefusal. */
export async function makeHex(firmware: readonly Firmware[], files: Readonly<Record<string, string>>): Promise<string> {
  const encoder = new TextEncoder();
  const bytes = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, encoder.encode(text)]));
  const reply = await ask({ type: "make", firmware, files: bytes });
  if (!("hex" in reply)) throw new Error("hex: none made");
  return reply.hex;
}

function ask(request: HexRequest): Promise<HexReply> {
  return new Promise<HexReply>((resolve, reject) => {
    const worker = new Worker(new URL("./hex.worker.ts", import.meta.url), { type: "module", name: "hex" });
    const end = (act: () => void) => {
      worker.terminate();
      act();
    };
    worker.onmessage = ({ data }: { data: HexReply }) =>
      end(() => {
        if ("fault" in data) reject(new HexRefusal(data.fault, data.detail));
        else if ("crash" in data) reject(new Error(data.crash));
        else resolve(data);
      });
    worker.onerror = (event) => end(() => reject(new Error(event.message || "the hex worker did not start")));
    worker.postMessage(request);
  });
}
