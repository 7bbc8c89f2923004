// Session against real micro:bit V1 firmware in QEMU. Skipped where the Debian packages are missing.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { microbitV1 } from "../microbit/descriptor.ts";
import { type QemuBoard, qemuIsHere, startQemu, TcpTransport } from "./qemu.ts";
import { openSession, type Session } from "./session.ts";
import { LinkError } from "./transport.ts";

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytes = (source: string): Uint8Array => new TextEncoder().encode(source);
const until = async (ready: () => boolean, ms = 5000): Promise<void> => {
  for (const stop = Date.now() + ms; !ready();) {
    if (Date.now() > stop) throw new Error("did not happen in time");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

describe.skipIf(!qemuIsHere)("real micro:bit V1 firmware", { retry: 2 }, () => {
  let board: QemuBoard;
  let session: Session;
  let output = "";

  beforeAll(async () => {
    board = await startQemu({ isFast: true });
    session = openSession(microbitV1, new TcpTransport(board.port));
    session.onOutput = (more) => (output += more);
    await session.open();
  }, 20000);
  afterAll(async () => {
    await session.close();
    await board.stop();
  });

  test("runs a program and shows its output", async () => {
    output = "";
    expect(await session.run("print('hello', 1/3)")).toEqual({ ending: "done", error: "" });
    expect(output).toBe("hello 0.333333\r\n>>> ");
  });

  test("gives the traceback of a program that raises", async () => {
    const { ending, error } = await session.run("def f():\n  return 1/0\nf()");
    expect(ending).toBe("raised");
    expect(error).toContain('  File "<stdin>", line 2, in f\nZeroDivisionError: division by zero');
  });

  test("runs a program of 3 kB", async () => {
    output = "";
    const long = `# ${"x".repeat(70)}\n`.repeat(42) + "print('whole')\n";
    expect((await session.run(long)).ending).toBe("done");
    expect(output).toContain("whole");
  });

  test("stops an endless loop", async () => {
    const ran = session.run("while True: pass");
    await until(() => session.state === "running");
    await new Promise((resolve) => setTimeout(resolve, 700));
    await session.interrupt();
    expect((await ran).ending).toBe("interrupted");
  });

  test("stops a program that prints without end", async () => {
    output = "";
    const ran = session.run("while True: print(1)");
    await until(() => output.includes("1\r\n1\r\n"));
    await session.interrupt();
    expect((await ran).ending).toBe("interrupted");
  });

  test("answers a program's input()", async () => {
    output = "";
    const ran = session.run("name = input('name? ')\nprint('hi', name)");
    await until(() => output.includes("name? "));
    await session.type("Ada\r");
    await ran;
    expect(output).toContain("hi Ada\r\n");
  });

  test("gives the prompt to the keyboard", async () => {
    output = "";
    await session.type("6*7\r");
    await until(() => output.includes("42\r\n>>> "));
  });

  test("saves main.py, reads it back, and a soft reset runs it", async () => {
    const main = "from microbit import *\nprint('main is here', 'it\\'s \\\\ ok')\n# ünïcode\n";
    const steps: number[] = [];
    await session.files.write("main.py", bytes(main), { onProgress: (done) => steps.push(done) });
    expect(steps.at(-1)).toBe(1);
    expect(text(await session.files.read("main.py"))).toBe(main);
    // 252 chunks of 126 bytes; the file takes one.
    expect(await session.files.look()).toEqual({ files: [{ name: "main.py", size: bytes(main).length }], freeBytes: 251 * 126 });
    expect(session.machine).toMatch(/^micro:bit v1[\d.]* with nRF51822$/);
    output = "";
    await session.reset("soft");
    await until(() => output.includes("main is here it's \\ ok\r\n"));
    await session.files.remove("main.py");
    expect(await session.files.list()).toEqual([]);
  }, 20000);

  test("catches a board that resets itself over and over, though it catches Ctrl-C", async () => {
    const loop = "from microbit import *\ntry:\n  print('again')\n  sleep(200)\nexcept KeyboardInterrupt: pass\nreset()\n";
    await session.files.write("main.py", bytes(loop));
    output = "";
    await session.reset("soft");
    await until(() => output.split("again").length > 3);
    expect((await session.run("print('caught')")).ending).toBe("done");
    await session.files.remove("main.py");
  }, 20000);

  test("keeps every byte value", async () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    await session.files.write("all.bin", all);
    expect(await session.files.read("all.bin")).toEqual(all);
    await session.files.remove("all.bin");
  }, 20000);

  test("reports a missing file in the board's words", async () => {
    const missing = session.files.read("nope.txt");
    await expect(missing).rejects.toThrow(LinkError);
    await expect(missing).rejects.toMatchObject({ code: "file", message: "OSError: file not found" });
  });

  test("says lost when the line breaks in the middle of a save, and opens again", async () => {
    let lost: LinkError | null = null;
    session.onLost = (cause) => (lost = cause);
    const saving = session.files.write("main.py", new Uint8Array(8000).fill(65), {
      onProgress: (done) => {
        if (done > 0.05) void board.stop();
      },
    });
    await expect(saving).rejects.toMatchObject({ code: "lost" });
    expect(lost).toMatchObject({ code: "lost" });
    expect(session.state).toBe("closed");
    await expect(session.run("print(1)")).rejects.toMatchObject({ code: "lost" });

    board = await startQemu({ isFast: true });
    session = openSession(microbitV1, new TcpTransport(board.port));
    await session.open();
    expect((await session.run("print(1)")).ending).toBe("done");
  }, 20000);
});
