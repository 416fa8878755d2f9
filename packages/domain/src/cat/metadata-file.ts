import { CAT_VERSION } from './dictionary.ts';

export interface MetadataInput {
  readonly submitterId: string;
  readonly reporterImid: string;
  /** `YYYYMMDD`. */
  readonly generationDate: string;
  readonly files: readonly {
    readonly fileName: string;
    readonly recordCount: number;
    /** SHA-256 of the compressed file, 64 hexadecimal digits. */
    readonly compressedSha256: string;
  }[];
  /** No more files will follow for the day. */
  readonly doneForDay: boolean;
}

/**
 * The metadata file of v2.2.1 (6.1.4): names, counts and hashes of up to 100 data files. Version 4.2.0 has retired all its
 * error codes, so it is written only where the configuration asks for it.
 */
export function catMetadata(input: MetadataInput): string {
  if (input.files.length === 0 || input.files.length > FILES_MAX) throw new RangeError('1 to 100 files');
  const files = input.files.map(
    ({ fileName, recordCount, compressedSha256 }) =>
      `{"fileName":${JSON.stringify(fileName)},"recordCount":${recordCount},"compressedHash":"${compressedSha256}"}`,
  );
  return (
    `{"type":"META","doneForDay":${input.doneForDay},"fileGenerationDate":${input.generationDate},` +
    `"reporter":${JSON.stringify(input.reporterImid)},"submitter":${input.submitterId},` +
    `"fileVersion":${JSON.stringify(CAT_VERSION)},"files":[${files.join(',')}],"thirdParty":false}\n`
  );
}

const FILES_MAX = 100;
