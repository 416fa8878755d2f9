import type { FileStore } from '@tapeclock/ports';
import { parseReference, type ReferenceBase } from './parse-files.ts';
import { ReferenceDataError } from './parse-row.ts';

/** Reads the four files below `folder` of the store. Throws `ReferenceDataError` when one is missing or unreadable. */
export async function loadReference(files: Pick<FileStore, 'read'>, folder: string): Promise<ReferenceBase> {
  const [securitiesCsv, mpidsJson, haltsJson, routingJson] = await Promise.all(
    ['securities.csv', 'mpids.json', 'halts.json', 'routing.json'].map(async (name) => {
      const path = folder === '' ? name : `${folder}/${name}`;
      const bytes = await files.read(path);
      if (bytes === null) throw new ReferenceDataError(path, 'file is missing');
      try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      } catch {
        throw new ReferenceDataError(path, 'file is not UTF-8');
      }
    }),
  );
  return parseReference({
    securitiesCsv: securitiesCsv ?? '',
    mpidsJson: mpidsJson ?? '',
    haltsJson: haltsJson ?? '',
    routingJson: routingJson ?? '',
  });
}
