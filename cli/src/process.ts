// One process of the product, forked by the supervisor: `process.ts hot|watch|desk|outside <clock offset>`. It prepares
// everything that touches nobody else, says so, and waits for the word to begin; so a spare can stand by.
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import type { FromChild, Role, ToChild } from './supervisor/messages.ts';

const folder = process.env.TAPECLOCK_DATA ?? 'data';
enableCompileCache(join(folder, 'compile-cache'));

const { createEventCodec, embeddedRegistry, releasedSchemas } = await import('@tapeclock/schemas');
const { ConfigError, EXIT, loadConfig } = await import('@tapeclock/service');
const { LOAD_ROLE } = await import('./processes/roles.ts');
const { openProcessContext } = await import('./processes/process-context.ts');
const { runProcess } = await import('./processes/run-process.ts');
const { takePriority, waitBehind } = await import('./processes/priority.ts');
const { DECLARATIONS } = await import('./settings.ts');

const role = process.argv[2] as Role;
/** Who is not called within this after loading is a spare. */
const SPARE_AFTER_NS = 1_000_000_000n;
const tell = (message: FromChild): void => void process.send?.(message, () => {});

const clockOffsetNs = BigInt(process.argv[3] ?? '0');
const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
// A signal to the whole terminal group is the supervisor's to answer; without a supervisor there is nothing to live for.
process.on('SIGINT', () => {});
process.once('disconnect', () => process.exit(0));
process.on('message', (message) => {
  const order = message as ToChild;
  if (order.kind === 'begin') begin();
  // The same path as any other stop: see obeySignals. A spare that never began has nothing to end.
  else if (process.listenerCount('SIGTERM') > 0) process.emit('SIGTERM');
  else process.exit(0);
});

takePriority(role);
try {
  const config = loadConfig(DECLARATIONS, process.env, process.cwd());
  const module = await LOAD_ROLE[role]();
  const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);
  const notice = (text: string) => tell({ kind: 'notice', text });
  const context = await openProcessContext({ name: role, config, codec, clockOffsetNs, notice });
  const services = await module.services(context);
  tell({ kind: 'loaded' });
  let comeForward = (): void => {};
  const waiting = context.clock.after(SPARE_AFTER_NS, () => {
    comeForward = waitBehind(role);
  });
  await begun;
  waiting.cancel();
  comeForward();
  await runProcess({
    name: role,
    healthPort: module.healthPort(config),
    context,
    services,
    onReady: () => tell({ kind: 'ready' }),
  });
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(error instanceof ConfigError ? EXIT.configuration : EXIT.crashed);
}
