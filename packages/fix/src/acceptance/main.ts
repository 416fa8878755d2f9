// `npm run --silent fix:echo -- --port P --begin FIX.4.4 --sender ISLD --target TW`: the acceptor of start-echo.ts in the
// foreground, until SIGTERM or SIGINT.
import { parseArgs } from 'node:util';
import { systemClock, tcpNetwork } from '@tapeclock/ports';
import { ECHO_VERSIONS, type EchoVersion, startEcho } from './start-echo.ts';

const USAGE = `usage: npm run --silent fix:echo -- --port <port> --begin ${Object.keys(ECHO_VERSIONS).join('|')} --sender <CompID> --target <CompID>`;
const EXIT_USAGE = 2;
const PORT_MAX = 65_535;

function fail(text: string): never {
  console.error(`${text}\n${USAGE}`);
  process.exit(EXIT_USAGE);
}

function readArguments(): { port: number; begin: string; sender: string; target: string } {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ options: { port: text, begin: text, sender: text, target: text } });
    const { port = '', begin = '', sender = '', target = '' } = values;
    return { port: /^\d+$/.test(port) ? Number(port) : -1, begin, sender, target };
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

const { port, begin, sender, target } = readArguments();
if (port < 0 || port > PORT_MAX) fail('--port must be a port number');
if (!Object.hasOwn(ECHO_VERSIONS, begin)) fail('--begin must be one of the versions below');
if (sender === '' || target === '') fail('--sender and --target are needed');
const acceptor = await startEcho({
  network: tcpNetwork,
  clock: systemClock(),
  port,
  version: begin as EchoVersion,
  senderCompId: sender,
  targetCompId: target,
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void acceptor.stop().then(() => process.exit(0)));
}
console.log(`${begin} ${sender} → ${target} listens on 127.0.0.1:${acceptor.port}`);
