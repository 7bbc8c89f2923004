// Reads and makes hex files beside the page: MicroPython's takes a second, in which nothing else could be pressed. hex.ts asks it.
import { HexError, makeHex, readHex, type Firmware, type HexContent } from "../../boards/link/firmware.ts";

export type HexRequest =
  | { readonly type: "read"; readonly text: string }
  | {
      readonly type: "make";
      readonly firmware: readonly Firmware[];
      readonly files: Readonly<Record<string, Uint8Array>>;
    };
export type HexReply =
  | { readonly content: HexContent }
  | { readonly hex: string }
  | { readonly fault: HexError["fault"]; readonly detail: HexError["detail"] }
  | { readonly crash: string };

const scope = globalThis as unknown as {
  onmessage: ((event: { readonly data: HexRequest }) => void) | null;
  postMessage(reply: HexReply): void;
};

/** Exported for tests, which have no workers. */
export async function answer(request: HexRequest): Promise<HexReply> {
  try {
    if (request.type === "read") return { content: await readHex(request.text) };
    return { hex: await makeHex(request.firmware, request.files) };
  } catch (error) {
    if (error instanceof HexError) return { fault: error.fault, detail: error.detail };
    return { crash: String(error) };
  }
}

scope.onmessage = ({ data }) => void answer(data).then((reply) => scope.postMessage(reply));
