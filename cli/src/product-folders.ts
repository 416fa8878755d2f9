import { fileURLToPath } from 'node:url';

/** Folders of the product itself, whatever the working directory. */
export const PRODUCT_ROOT: string = fileURLToPath(new URL('../../', import.meta.url));
export const RULEBOOK_FOLDER: string = fileURLToPath(new URL('../../rulebook', import.meta.url));
export const REFERENCE_FOLDER: string = fileURLToPath(
  new URL('../../services/enrichment/reference', import.meta.url),
);
export const WEB_FOLDER: string = fileURLToPath(new URL('../../services/compliance/web', import.meta.url));
