import { fileURLToPath } from 'node:url';
import type { Config } from './settings.ts';

/** Folders of the product itself, whatever the working directory. */
export const PRODUCT_ROOT: string = fileURLToPath(new URL('../../', import.meta.url));
export const RULEBOOK_FOLDER: string = fileURLToPath(new URL('../../rulebook', import.meta.url));
export const REFERENCE_FOLDER: string = fileURLToPath(
  new URL('../../services/enrichment/reference', import.meta.url),
);
export const WEB_FOLDER: string = fileURLToPath(new URL('../../services/compliance/web', import.meta.url));

/** The rules to decide by: the folder that is configured, or the one that comes with the product. */
export function rulebookFolder({ rulebook }: Pick<Config, 'rulebook'>): string {
  return rulebook.folder ?? RULEBOOK_FOLDER;
}
