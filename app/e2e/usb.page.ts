// Runs in the page before its own scripts, bundled by usb.ts: navigator.usb with one modelled micro:bit.
import { UsbBoard, UsbBus, type UsbOptions } from "../../boards/link/usb-board.ts";

const page = globalThis as unknown as { usbOptions: UsbOptions; usbBoard: UsbBoard };

/** Lets the page draw now and then: a modelled board answers at once, and a real one does not. */
class PacedBoard extends UsbBoard {
  override async transferIn(): Promise<USBInTransferResult> {
    if (this.transfers % 40 === 1) await new Promise((resolve) => setTimeout(resolve));
    return super.transferIn();
  }
}

page.usbBoard = new PacedBoard({ ...page.usbOptions, hasEndpoints: true });
Object.defineProperty(navigator, "usb", { value: new UsbBus([page.usbBoard]), configurable: true });
