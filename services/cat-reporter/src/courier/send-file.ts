/** Carries one file. Safe to repeat: what is already there, whole, is not sent again. */
import { createHash } from 'node:crypto';
import { catMetadata, catMetadataFileName, parseCatBaseName } from '@tapeclock/domain/cat';
import type { CatFileIntended } from '@tapeclock/schemas';
import type { Bzip2 } from '../bzip2.ts';
import type { CatTransport } from '../cat-transport.ts';

export interface SendRules {
  readonly uploadFolder: string;
  readonly metadata: boolean;
}

/**
 * Resolves with the compressed size once the server has the data file and, where wanted, its metadata (in that order: the
 * metadata tells CAT that the data is complete). A file of the same name and size is ours from before a crash: the
 * compressed bytes follow from the intent, so the size gives it away. `there`: sizes by name in the upload folder.
 */
export async function sendFile(
  intent: CatFileIntended,
  transport: CatTransport,
  bzip2: Bzip2,
  rules: SendRules,
  there: ReadonlyMap<string, number>,
): Promise<number> {
  const compressed = await bzip2.compress(intent.content);
  const send = async (name: string, bytes: Uint8Array): Promise<void> => {
    if (there.get(name) !== bytes.length) await transport.upload(`${rules.uploadFolder}/${name}`, bytes);
  };
  await send(intent.fileName, compressed);
  const base = intent.fileName.replace(/\.json\.bz2$/, '');
  const id = parseCatBaseName(base);
  if (rules.metadata && id !== null) {
    const text = catMetadata({
      submitterId: id.submitterId,
      reporterImid: id.reporterImid,
      generationDate: id.date,
      files: [
        {
          fileName: intent.fileName,
          recordCount: intent.recordCount,
          compressedSha256: createHash('sha256').update(compressed).digest('hex'),
        },
      ],
      doneForDay: false,
    });
    await send(catMetadataFileName(base), new TextEncoder().encode(text));
  }
  return compressed.length;
}
