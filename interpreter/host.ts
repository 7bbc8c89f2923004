// The world a VM lives in: clock, console bytes, files. A door: boards, tests and the command line each build a Host.
// Nothing here waits. What has to wait is a Suspension that the VM returns from `run` (see index.ts).

/** What the VM asks of its world. Every world (simulated machine, test, command line) is one Host. */
export interface Host {
  readonly clock: Clock;
  readonly stdio: Stdio;
  readonly vfs: Vfs;
  /** 32 random bits for seeds; deterministic wherever the world has a seed. */
  random32(): number;
  /** What a program on an operating system can reach of it; boards have none. */
  readonly process?: HostProcess;
}

export interface HostProcess {
  getenv(name: string): string | undefined;
  /** null takes the variable away. */
  setenv(name: string, value: string | null): void;
  /** Runs a shell command; gives its status as wait() does, or -errno. */
  system(command: string): number;
}

/** Simulated time. A number of ns is exact for the first 104 days (2**53 ns). */
export interface Clock {
  readonly ns: number;
  /** Calls `callback` once `ns` is reached. The alarm is how timers, tones and sleeping VMs wake up. */
  alarm(ns: number, callback: () => void): Alarm;
}
export interface Alarm {
  cancel(): void;
}

/** The board's serial console as the VM writes it. Input comes in through `Vm.feed`. */
export interface Stdio {
  /** Bytes as on the wire: the VM has already turned "\n" into "\r\n" where the board does. */
  write(bytes: Uint8Array): void;
}

/** A file system. Every method throws `VfsError` with a POSIX errno; paths are as the program gave them. */
export interface Vfs {
  open(path: string, mode: FileMode): VfsFile;
  stat(path: string): VfsStat;
  list(path: string): readonly VfsEntry[];
  remove(path: string): void;
  mkdir(path: string): void;
  rmdir(path: string): void;
  rename(from: string, to: string): void;
  chdir(path: string): void;
  getcwd(): string;
  /** Bytes in all and bytes free, for os.statvfs. */
  space(): { readonly total: number; readonly free: number };
  /** The ten numbers of os.statvfs, where the host knows more than `space`. */
  statvfs?(path: string): readonly number[];
  /** The file that is open under this number, on a POSIX system. */
  openNumber?(fd: number): VfsFile;
}

export interface VfsEntry {
  readonly name: string;
  readonly kind: "file" | "dir";
  readonly size: number;
  readonly inode?: number;
}

export interface VfsStat {
  readonly kind: "file" | "dir";
  readonly size: number;
  /** When it was last changed, in seconds since 1970. */
  readonly mtimeS?: number;
  /** The ten numbers of os.stat, where the host is a POSIX system. */
  readonly numbers?: readonly number[];
}

/** r reads, w truncates, a appends, x must not exist yet; "+" adds the other direction. */
export type FileMode = "r" | "w" | "a" | "x" | "r+" | "w+" | "a+" | "x+";

export interface VfsFile {
  /** The number that a POSIX system has it open under. */
  readonly fd?: number;
  /** Up to `n` bytes from the current position; none at the end. */
  read(n: number): Uint8Array;
  write(bytes: Uint8Array): number;
  /** Returns the new position. whence: 0 start, 1 current, 2 end. */
  seek(offset: number, whence: 0 | 1 | 2): number;
  flush(): void;
  close(): void;
}

/** What a Vfs throws: `errno` becomes the OSError's argument. */
export class VfsError extends Error {
  readonly errno: number;
  /** What the program sees instead of the number, where the firmware words it: OSError("file not found"). */
  readonly text: string | null;
  constructor(errno: number, text: string | null = null) {
    super(text ?? `errno ${errno}`);
    this.errno = errno;
    this.text = text;
  }
}
