import { createHash } from 'node:crypto';
import type { FileStore } from '@tapeclock/ports';
import ssh2 from 'ssh2';

/** The fingerprint of the host key, for clients that start from the same data directory. */
export const HOST_KEY_SHA256_FILE = 'host-key.sha256';
const HOST_KEY_FILE = 'host-key';

export interface HostKey {
  /** OpenSSH private key. */
  readonly privateKey: string;
  /** `SHA256:…`, what a client pins. */
  readonly sha256: string;
}

/**
 * Made once and kept: a client that has pinned the key must find the same one after a restart. A key that cannot be
 * read is made anew, for nobody can have met it.
 */
export async function hostKeyOf(files: FileStore): Promise<HostKey> {
  const kept = await files.read(HOST_KEY_FILE);
  let privateKey = kept === null ? '' : new TextDecoder().decode(kept);
  let key = ssh2.utils.parseKey(privateKey);
  if (key instanceof Error) {
    ({ privateKey, key } = readableKey());
    await files.writeAtomic(HOST_KEY_FILE, new TextEncoder().encode(privateKey));
  }
  const digest = createHash('sha256').update(key.getPublicSSH()).digest('base64').replace(/=+$/, '');
  const sha256 = `SHA256:${digest}`;
  await files.writeAtomic(HOST_KEY_SHA256_FILE, new TextEncoder().encode(`${sha256}\n`));
  return { privateKey, sha256 };
}

/** ssh2 1.17 writes one ed25519 key in 256 without a leading zero of its public part, and cannot read that (its issue 1390). */
function readableKey() {
  for (;;) {
    const privateKey = ssh2.utils.generateKeyPairSync('ed25519').private;
    const key = ssh2.utils.parseKey(privateKey);
    if (!(key instanceof Error)) return { privateKey, key };
  }
}
