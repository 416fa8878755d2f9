import { writeFile } from 'node:fs/promises';
import { validationPage } from './reference-page.ts';

await writeFile(new URL('../../../../docs/reference/validation.md', import.meta.url), validationPage());
