// The text of the console: what a terminal would show of the board's bytes, line by line, with a bounded memory.
// It knows the few controls that MicroPython's readline sends: CR, LF, backspace, ESC[K, ESC[nD, ESC[nC. No colours, no full screen.

export const linesKept = 5000;
/** A line without end must not grow for ever either. */
const lineLimit = 4000;

export class Screen {
  /** Finished lines and, last, the one the cursor is on. */
  readonly lines: string[] = [""];
  column = 0;
  /** Lines that are gone. `dropped + i` names line i for ever. */
  dropped = 0;
  /** From this absolute line on the last `write` may have changed something. */
  changedFrom = 0;
  onChange: (() => void) | null = null;
  private rest = "";

  write(text: string): void {
    const input = this.rest + text;
    this.rest = "";
    let at = 0;
    while (at < input.length) {
      const code = input.charCodeAt(at);
      if (code >= 32 && code !== 127) {
        // Everything up to the next control goes in at once.
        let end = at + 1;
        while (end < input.length && input.charCodeAt(end) >= 32 && input.charCodeAt(end) !== 127) end++;
        this.put(input.slice(at, end));
        at = end;
      } else if (code === 27) {
        const match = /^\x1b\[(\d*)([A-Za-z])/.exec(input.slice(at, at + 8));
        if (match) {
          this.control(match[2]!, Number(match[1] || 1));
          at += match[0].length;
        } else if (input.length - at < 8) {
          this.rest = input.slice(at);
          break;
        } else at++;
      } else {
        if (code === 10) this.newLine();
        else if (code === 13) this.column = 0;
        else if (code === 8) this.column = Math.max(0, this.column - 1);
        else if (code === 9) this.put(" ".repeat(8 - (this.column % 8)));
        at++;
      }
    }
    this.onChange?.();
  }

  clear(): void {
    this.dropped += this.lines.length - 1;
    this.lines.splice(0, this.lines.length - 1);
    this.changedFrom = Math.min(this.changedFrom, this.dropped);
    this.onChange?.();
  }

  private put(text: string): void {
    const last = this.lines.length - 1;
    this.changedFrom = Math.min(this.changedFrom, this.dropped + last);
    let line = this.lines[last]!;
    if (line.length + text.length > lineLimit) {
      this.lines[last] = line.slice(0, lineLimit);
      for (let at = 0; at < text.length; at += lineLimit) {
        this.newLine();
        this.lines[this.lines.length - 1] = text.slice(at, at + lineLimit);
        this.column = this.lines.at(-1)!.length;
      }
      return;
    }
    if (line.length < this.column) line = line.padEnd(this.column);
    this.lines[last] = line.slice(0, this.column) + text + line.slice(this.column + text.length);
    this.column += text.length;
  }

  private newLine(): void {
    this.lines.push("");
    this.column = 0;
    if (this.lines.length > linesKept + 500) {
      this.lines.splice(0, 500);
      this.dropped += 500;
    }
  }

  private control(letter: string, n: number): void {
    const last = this.lines.length - 1;
    this.changedFrom = Math.min(this.changedFrom, this.dropped + last);
    if (letter === "K") this.lines[last] = this.lines[last]!.slice(0, this.column);
    else if (letter === "D") this.column = Math.max(0, this.column - n);
    else if (letter === "C") this.column += n;
  }
}
