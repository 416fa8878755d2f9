import { createHash } from 'node:crypto';
import type { FileStore, Random } from '@tapeclock/ports';

const FILE = 'demo-credentials.json';
const KEY_BYTES = 24;

/** What the demo's own parties need to talk to one another; made once per data directory, of no use outside it. */
export interface DemoCredentials {
  /** REST key of the source DEMO-OMS. */
  readonly restKey: string;
  /** Password of the demo FIX sessions. */
  readonly fixPassword: string;
}

export async function demoCredentials(files: FileStore, random: Random): Promise<DemoCredentials> {
  const bytes = await files.read(FILE);
  if (bytes !== null) return JSON.parse(Buffer.from(bytes).toString('utf8')) as DemoCredentials;
  const key = (): string => Buffer.from(random.bytes(KEY_BYTES)).toString('base64url');
  const made = { restKey: key(), fixPassword: key() };
  await files.writeAtomic(FILE, Buffer.from(`${JSON.stringify(made, null, 2)}\n`));
  return made;
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
