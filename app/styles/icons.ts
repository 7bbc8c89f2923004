// The names of all icons in the sprite (public/icons.svg, made by .ci/icons.ts). Names are lucide's, and those of our own drawings.
export const iconNames = [
  "arrow-left", "blocks", "book-open", "bug", "cable", "check", "chevron-down", "chevron-left", "chevron-right", "chevron-up",
  "circle", "circle-alert", "circle-check", "circle-dot", "clock", "cloud-off", "code", "columns-2", "copy", "cpu", "download", "ellipsis",
  "file-code", "files", "folder-open", "gauge", "graduation-cap", "hard-drive", "hard-drive-download", "history", "house", "image", "info", "lightbulb",
  "link", "lock", "magnet", "message-square", "mic", "monitor", "pencil", "play", "plug", "plus", "qr-code", "redo-2", "refresh-cw",
  "rotate-ccw", "save", "search", "settings", "share-2", "square", "sun", "terminal", "thermometer", "trash-2", "triangle-alert",
  "undo-2", "unplug", "upload", "usb", "volume-2", "volume-x", "wifi", "wifi-off", "x", "microbit", "pyboard", "smartphone", "move-3d", "vibrate",
] as const; // prettier-ignore

export type IconName = (typeof iconNames)[number];
