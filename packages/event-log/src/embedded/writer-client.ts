import { Worker } from 'node:worker_threads';
import { LogError } from '../log-error.ts';
import { fromPlain } from './disk-error.ts';
import type { WriterAnswer, WriterData, WriterRequest, WriterResults } from './messages.ts';

type WithoutId<R> = R extends { readonly id: number } ? Omit<R, 'id'> : never;
type RequestOf<K extends WriterRequest['kind']> = WithoutId<Extract<WriterRequest, { readonly kind: K }>>;

/** The calling side of the writing thread. */
export interface WriterClient {
  /** Rejects with a `LogError`. Requests are answered in the order in which they were made. */
  ask<K extends WriterRequest['kind']>(
    request: RequestOf<K> & { readonly kind: K },
    transfer?: readonly ArrayBuffer[],
  ): Promise<WriterResults[K]>;
  /** Stops the thread where it stands; what was asked is rejected with `CLOSED`. */
  terminate(): Promise<void>;
}

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: LogError) => void;
}

/** Resolves when every file is open and verified; rejects with the reason where one is refused. */
export async function startWriter(
  data: WriterData,
  onDeath: (error: LogError) => void,
): Promise<WriterClient> {
  const worker = new Worker(new URL('./writer-thread.ts', import.meta.url), { workerData: data });
  const waiting = new Map<number, Waiting>();
  let nextId = 0;
  let dead: LogError | null = null;
  const opened = Promise.withResolvers<void>();

  const die = (error: LogError): void => {
    dead ??= error;
    opened.reject(error);
    for (const { reject } of waiting.values()) reject(dead);
    waiting.clear();
  };
  worker.on('message', (answer: WriterAnswer) => {
    if (answer.kind === 'ready') opened.resolve();
    else if (answer.kind === 'refused') opened.reject(fromPlain(answer.error));
    else {
      const entry = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (answer.kind === 'done') entry?.resolve(answer.result as never);
      else entry?.reject(fromPlain(answer.error));
    }
  });
  worker.on('error', (cause) => {
    const error = new LogError('CLOSED', `the writing thread died (${cause.message}); restart the process`, {
      cause,
    });
    die(error);
    onDeath(error);
  });
  worker.on('exit', () => die(new LogError('CLOSED', 'the log is closed')));

  await opened.promise;
  return {
    ask: (request, transfer = []) =>
      new Promise((resolve, reject) => {
        if (dead !== null) {
          reject(dead);
          return;
        }
        nextId += 1;
        waiting.set(nextId, { resolve, reject });
        worker.postMessage({ ...request, id: nextId }, transfer);
      }),
    async terminate() {
      await worker.terminate();
    },
  };
}
