// Two routines that run in the target's RAM while its own program stands still: sums over flash pages, and writing one page.
//
// Why code on the target, and not all over SWD: a DAP_TransferBlock of 64 bytes carries 14 words, so reading back the 256 kB of a
// V1 takes 4700 packets, ten seconds at 2 ms for command and answer; its sums take one second on the board and 19 packets. Writing could
// be done by the debugger alone (NVMC registers, then words straight into flash) and would save two of 26 packets a page. But it rests
// on the bus stalling for 46 us a word within DAPLink's retries after WAIT, which no document promises; the routine waits for READY.
//
// Instructions are ARMv6-M's, so that both chips run them. `model/thumb.ts` runs them in tests, and QEMU does where it is installed.

/** Where things are in RAM while routines run: the first 16 kB, which every micro:bit has. */
export const layout = { code: 0x2000_0000, stack: 0x2000_1000, data: 0x2000_2000 } as const;

const assemble = (...halves: number[]): Uint32Array =>
  Uint32Array.from(
    { length: Math.ceil(halves.length / 2) },
    (_, i) => (halves[i * 2]! | ((halves[i * 2 + 1] ?? 0xbe00) << 16)) >>> 0,
  );

/** CRC-32 (reflected 0xEDB88320, as zlib's) of each page. r0 first page, r1 its bytes, r2 pages, r3 where the sums go. */
// prettier-ignore
export const sumPages = assemble(
  0x4c09, //        ldr   r4, polynomial
  0x1846, // page:  adds  r6, r0, r1
  0x2500, //        movs  r5, #0
  0x43ed, //        mvns  r5, r5
  0x7807, // byte:  ldrb  r7, [r0]
  0x407d, //        eors  r5, r7
  0x2708, //        movs  r7, #8
  0x086d, // bit:   lsrs  r5, r5, #1
  0xd300, //        bcc   even
  0x4065, //        eors  r5, r4
  0x3f01, // even:  subs  r7, #1
  0xd1fa, //        bne   bit
  0x3001, //        adds  r0, #1
  0x42b0, //        cmp   r0, r6
  0xd1f4, //        bne   byte
  0x43ed, //        mvns  r5, r5
  0xc320, //        stmia r3!, {r5}
  0x3a01, //        subs  r2, #1
  0xd1ed, //        bne   page
  0xbe00, //        bkpt  #0
  0x8320, 0xedb8, // polynomial
);

/**
 * Erases a page and writes it. r0 page, r1 data in RAM, r2 bytes, r3 NVMC's CONFIG, r4 its READY.
 * ERASEPAGE stands behind CONFIG on both chips (nRF51 Reference Manual 6.1, nRF52833 Product Specification 4.3).
 */
// prettier-ignore
export const writePage = assemble(
  0x2502, //        movs  r5, #2          erasing enabled
  0x601d, //        str   r5, [r3]
  0x6826, // on:    ldr   r6, [r4]
  0x2e00, //        cmp   r6, #0
  0xd0fc, //        beq   on
  0x6058, //        str   r0, [r3, #4]
  0x6826, // erase: ldr   r6, [r4]
  0x2e00, //        cmp   r6, #0
  0xd0fc, //        beq   erase
  0x2501, //        movs  r5, #1          writing enabled
  0x601d, //        str   r5, [r3]
  0x6826, // next:  ldr   r6, [r4]
  0x2e00, //        cmp   r6, #0
  0xd0fc, //        beq   next
  0xc940, //        ldmia r1!, {r6}
  0xc040, //        stmia r0!, {r6}
  0x6826, // word:  ldr   r6, [r4]
  0x2e00, //        cmp   r6, #0
  0xd0fc, //        beq   word
  0x3a04, //        subs  r2, #4
  0xd1f8, //        bne   copy            at ldmia
  0x2500, //        movs  r5, #0          reading only
  0x601d, //        str   r5, [r3]
  0xbe00, //        bkpt  #0
);
