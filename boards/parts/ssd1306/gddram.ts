// The SSD1306's display memory: 8 pages of 128 columns, a byte for 8 dots from top to bottom, and the pointer that writes go to.
// Solomon Systech SSD1306 rev 1.1, 8.7 (memory), 10.1.1 to 10.1.5 and 10.1.13 (addressing), 10.2 (scrolling).

export const columns = 128;
const pages = 8;

export type Addressing = "horizontal" | "vertical" | "page";

export class Gddram {
  readonly bytes = new Uint8Array(columns * pages);
  addressing: Addressing = "page";
  /** Column address 0 is the last segment. It counts for what is written from then on; what is there stays (10.1.8). */
  isRemapped = false;
  private column = 0;
  private page = 0;
  // Where the page mode's lines begin; its own register beside the window of the other two.
  private pageModeColumn = 0;
  private firstColumn = 0;
  private lastColumn = columns - 1;
  private firstPage = 0;
  private lastPage = pages - 1;

  constructor() {
    // A reset does not clear the memory (8.5): after power-on it holds whatever it holds, so a program has to clear it.
    let noise = 0x1306;
    for (let i = 0; i < this.bytes.length; i++) {
      noise ^= (noise << 7) & 0xffff;
      noise ^= noise >> 9;
      noise ^= (noise << 8) & 0xffff;
      this.bytes[i] = noise;
    }
  }

  setColumns(first: number, last: number): void {
    [this.firstColumn, this.lastColumn, this.column] = [first, last, first];
  }
  setPages(first: number, last: number): void {
    [this.firstPage, this.lastPage, this.page] = [first, last, first];
  }

  /** Four bits of the column at which the page mode starts. */
  setPageModeColumn(nibble: number, isHigh: boolean): void {
    const kept = isHigh ? this.pageModeColumn & 0x0f : this.pageModeColumn & 0x70;
    this.pageModeColumn = kept | (isHigh ? (nibble & 0x07) << 4 : nibble);
    this.column = this.pageModeColumn;
  }
  setPageModePage(page: number): void {
    this.page = page;
  }

  /** Whether that changed the byte. */
  write(byte: number): boolean {
    const at = this.page * columns + (this.isRemapped ? columns - 1 - this.column : this.column);
    const isNew = this.bytes[at] !== byte;
    this.bytes[at] = byte;
    this.advance();
    return isNew;
  }

  /** Turns pages round by one column: to the right is towards higher column addresses. */
  rotate(firstPage: number, lastPage: number, isRight: boolean): void {
    const isUp = isRight !== this.isRemapped;
    for (let page = firstPage; page <= lastPage; page++) {
      const line = this.bytes.subarray(page * columns, (page + 1) * columns);
      const [first, last] = [line[0]!, line[columns - 1]!];
      if (isUp) {
        line.copyWithin(1, 0);
        line[0] = last;
      } else {
        line.copyWithin(0, 1);
        line[columns - 1] = first;
      }
    }
  }

  private advance(): void {
    if (this.addressing === "page") {
      this.column = this.column === columns - 1 ? this.pageModeColumn : this.column + 1;
      return;
    }
    const [column, page] = [this.column === this.lastColumn, this.page === this.lastPage];
    const nextColumn = column ? this.firstColumn : (this.column + 1) % columns;
    const nextPage = page ? this.firstPage : (this.page + 1) % pages;
    if (this.addressing === "horizontal") {
      this.column = nextColumn;
      if (column) this.page = nextPage;
    } else {
      this.page = nextPage;
      if (page) this.column = nextColumn;
    }
  }
}
