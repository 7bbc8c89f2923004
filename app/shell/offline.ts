// Offline use: registers the service worker, tells when everything is kept and when a new version waits. Never reloads by itself.
import { Workbox } from "workbox-window";

/** The browser's offer to install the page as an app. */
interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}
let offer: InstallEvent | null = null;

export interface OfflineEvents {
  /** Everything is on this device for the first time. */
  onReady(): void;
  /** A new version waits; `update` puts it in place and reloads. */
  onUpdate(update: () => void): void;
}

export function registerOffline(events: OfflineEvents): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event as InstallEvent;
  });
  if (!("serviceWorker" in navigator)) return;
  const workbox = new Workbox("./sw.js");
  let isUpdating = false;
  workbox.addEventListener("installed", (event) => {
    if (!event.isUpdate) events.onReady();
  });
  workbox.addEventListener("waiting", () => {
    events.onUpdate(() => {
      isUpdating = true;
      workbox.messageSkipWaiting();
    });
  });
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    // Another tab may have updated: only the one that was asked reloads.
    if (isUpdating) location.reload();
  });
  workbox.register().catch(() => {}); // private windows and odd hosts: the page works online
}

/** Is everything that the page needs on this device? */
export async function isKept(): Promise<boolean> {
  const registration = await navigator.serviceWorker?.getRegistration();
  return Boolean(registration?.active);
}

export function canInstall(): boolean {
  return offer !== null;
}

export async function install(): Promise<void> {
  await offer?.prompt();
  offer = null;
}
