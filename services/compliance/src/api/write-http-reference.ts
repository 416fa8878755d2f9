/** Writes docs/reference/http-api.md from the routes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ApiContext } from './api-context.ts';
import { httpReference } from './http-reference.ts';
import { createServer } from './server.ts';

/** No request is answered here: the routes are only asked what they are. */
const app = await createServer({ secure: false } as ApiContext, {
  webRoot: '/nonexistent',
  tls: null,
  onFault: (error) => console.error(error),
});
const file = fileURLToPath(new URL('../../../../docs/reference/http-api.md', import.meta.url));
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, await httpReference(app));
await app.close();
console.log(`written: ${file}`);
