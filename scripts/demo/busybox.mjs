import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Missing, run } from './process.mjs';

const BINARY = '/bin/busybox';
const PT_INTERP = 3;

/**
 * What the application's image can be made from without a network: docker's busybox image if it is here, else the
 * program of this machine, which is copied into `workspace`. -> the Dockerfile's first lines
 */
export async function chooseBase(workspace, env) {
  const { status } = await run('docker', ['image', 'inspect', 'busybox'], { env });
  if (status === 0) return 'FROM busybox';
  if (!isUsable()) {
    throw new Missing(
      `--real makes its image from busybox; there is neither the image (docker pull busybox) nor a static ${BINARY} (apt install busybox-static)`,
    );
  }
  copyFileSync(BINARY, join(workspace, 'busybox'));
  return 'FROM scratch\nCOPY busybox /bin/busybox';
}

/** A program that wants a dynamic loader does not start in an image that holds nothing else. */
function isUsable() {
  if (process.platform !== 'linux' || !existsSync(BINARY)) return false;
  const elf = readFileSync(BINARY);
  return elf.includes('httpd') && isElf64(elf) && !segmentTypes(elf).includes(PT_INTERP);
}

function isElf64(elf) {
  const [ident, wordSize, byteOrder] = [elf.toString('latin1', 1, 4), elf[4], elf[5]];
  return ident === 'ELF' && wordSize === 2 && byteOrder === 1;
}

/** The program header table: where, size of an entry, and how many are at fixed places of an ELF64 file. */
function segmentTypes(elf) {
  const [start, size, count] = [Number(elf.readBigUInt64LE(32)), elf.readUInt16LE(54), elf.readUInt16LE(56)];
  return Array.from({ length: count }, (_, i) => elf.readUInt32LE(start + i * size));
}
