// Types of find.mjs, which is plain JavaScript because it runs before there are packages.
export function findChrome(): string | null;
export function findQemu(): string | null;
export function findFirmware(): string | null;
