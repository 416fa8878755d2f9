// Starts one process of the product, tells its id, and waits to be killed.
import { startProduct } from '../../src/index.ts';

const product = await startProduct({ roles: ['watch'], dataDir: process.argv[2] ?? '' });
process.stdout.write(`${product.pid('watch')}\n`);
