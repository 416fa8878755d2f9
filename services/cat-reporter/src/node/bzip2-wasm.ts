/** bzip2 without the system's command: libbzip2 1.0.8 as WebAssembly. It works on the event loop while it runs. */
import type { Bzip2 } from '../bzip2.ts';

const BLOCK_SIZE = 9;
const FIRST_RATIO = 16;
const FIRST_BYTES_MIN = 64 * 1024;

export async function wasmBzip2(): Promise<Bzip2> {
  const module = await load();
  return {
    // libbzip2 promises to need no more than 1 % and 600 bytes over its input.
    compress: async (bytes) => module.compress(bytes, BLOCK_SIZE, Math.ceil(bytes.length * 1.01) + 600),
    async decompress(bytes, bytesMax) {
      let room = Math.min(bytesMax, Math.max(FIRST_BYTES_MIN, bytes.length * FIRST_RATIO));
      for (;;) {
        try {
          return module.decompress(bytes, room);
        } catch (error) {
          if (!String(error).includes('BZ_OUTBUFF_FULL')) throw error;
          if (room >= bytesMax) throw new RangeError(`more than ${bytesMax} bytes once decompressed`);
          room = Math.min(bytesMax, room * 4);
        }
      }
    },
  };
}

/** The package sets `require` and `__dirname` on the global object while it loads: they are taken off again. */
async function load() {
  const globals = globalThis as { require?: unknown; __dirname?: unknown };
  const { require: ownRequire, __dirname: ownDirname } = globals;
  const { default: Bzip2Class } = await import('bzip2-wasm');
  const module = new Bzip2Class();
  try {
    await module.init();
  } finally {
    restore(globals, 'require', ownRequire);
    restore(globals, '__dirname', ownDirname);
  }
  return module;
}

function restore(
  globals: { require?: unknown; __dirname?: unknown },
  name: 'require' | '__dirname',
  own: unknown,
) {
  if (own === undefined) delete globals[name];
  else globals[name] = own;
}
