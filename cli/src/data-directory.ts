import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What lies where below the data directory. Each service has a folder of its own and sees no other. */
export interface DataDirectory {
  readonly root: string;
  readonly log: string;
  readonly compileCache: string;
  readonly facilityJournal: string;
  service(name: string): string;
}

/** Makes the folder, readable by this user alone: it holds trades and password hashes. */
export function dataDirectory(folder: string): DataDirectory {
  const root = resolve(folder);
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const service = (name: string): string => join(root, 'services', name);
  return {
    root,
    log: join(root, 'log'),
    compileCache: join(root, 'compile-cache'),
    facilityJournal: join(service('finra-simulator'), 'facility-journal.jsonl'),
    service,
  };
}
