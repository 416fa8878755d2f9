/** bzip2 by the system's own command: off the event loop, and the fastest there is. */
import { spawn } from 'node:child_process';
import type { Bzip2 } from '../bzip2.ts';

export function commandBzip2(command = 'bzip2'): Bzip2 {
  return {
    compress: (bytes) => run(command, ['--compress', '--best', '--stdout'], bytes, Number.POSITIVE_INFINITY),
    decompress: (bytes, bytesMax) => run(command, ['--decompress', '--stdout'], bytes, bytesMax),
  };
}

/** Whether the command is there and works. */
export async function hasBzip2Command(command = 'bzip2'): Promise<boolean> {
  return commandBzip2(command)
    .compress(new Uint8Array([1]))
    .then(
      () => true,
      () => false,
    );
}

function run(
  command: string,
  args: readonly string[],
  input: Uint8Array,
  bytesMax: number,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    let bytes = 0;
    let errorText = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output.push(chunk);
      bytes += chunk.length;
      if (bytes > bytesMax) {
        child.kill();
        reject(new RangeError(`more than ${bytesMax} bytes once decompressed`));
      }
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errorText += chunk.toString().slice(0, 500);
    });
    child.on('error', reject);
    // A command that ends early closes its input; the exit status says why.
    child.stdin.on('error', () => {});
    child.on('close', (status) => {
      if (status === 0) resolve(new Uint8Array(Buffer.concat(output)));
      else reject(new Error(`${command} ended with ${status}: ${errorText.trim()}`));
    });
    child.stdin.end(input);
  });
}
