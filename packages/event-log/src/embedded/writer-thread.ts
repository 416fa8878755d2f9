/**
 * The writing thread: the only place of a process that writes the log, so that an fsync never holds up its event loop.
 * It takes requests one by one; what comes in while it commits is batched by the other side (append-queue.ts).
 */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { diskError, toPlain } from './disk-error.ts';
import { openGroupStore } from './group-store.ts';
import type { WriterAnswer, WriterData, WriterRequest, WriterResults } from './messages.ts';
import { openTopicWriter, type TopicWriter } from './topic-writer.ts';

const port = ownPort();
const { directory, topics } = workerData as WriterData;

const writers: TopicWriter[] = [];
const send = (answer: WriterAnswer, transfer: ArrayBuffer[] = []): void => port.postMessage(answer, transfer);
const refuse = (error: unknown, path: string): void => {
  for (const writer of writers) writer.close();
  send({ kind: 'refused', error: toPlain(diskError(error, path)) });
  port.close();
};

function ownPort(): MessagePort {
  if (parentPort === null) throw new Error('writer-thread.ts runs in a worker thread only');
  return parentPort;
}

function serve(): void {
  for (const topic of topics) {
    try {
      writers.push(openTopicWriter(directory, topic));
    } catch (error) {
      refuse(error, `${directory}/${topic.name}.db`);
      return;
    }
  }
  let groups: ReturnType<typeof openGroupStore>;
  try {
    groups = openGroupStore(directory);
  } catch (error) {
    refuse(error, `${directory}/groups.db`);
    return;
  }
  const writerOf = (index: number): TopicWriter => {
    const writer = writers[index];
    if (writer === undefined) throw new RangeError(`no topic ${index}`);
    return writer;
  };

  const handle = (request: WriterRequest): WriterResults[keyof WriterResults] => {
    switch (request.kind) {
      case 'append':
        return writerOf(request.topic).commit(request.packed);
      case 'apply':
        return groups.apply(request.group, request.event);
      case 'commit':
        groups.commit(request.group, request.memberId, request.session, request.positions);
        return null;
      case 'committed':
        return groups.committed(request.group, request.topic, request.partition);
      case 'trim': {
        const name = topics[request.topic]?.name ?? '';
        const needed = request.force ? null : groups.leastCommitted(name, request.partition);
        const before = needed !== null && needed < request.beforeOffset ? needed : request.beforeOffset;
        return writerOf(request.topic).trim(request.partition, before, request.rowsMax);
      }
      case 'limitPages':
        writerOf(request.topic).limitPages(request.pagesMax);
        return null;
      case 'close':
        for (const writer of writers) writer.close();
        groups.close();
        return null;
    }
  };

  port.on('message', (request: WriterRequest) => {
    const { id } = request;
    try {
      const result = handle(request);
      if (request.kind === 'append') {
        const places = result as WriterResults['append'];
        // The answer leaves before the bell rings: this process needs no second wake-up for its own records.
        send({ kind: 'done', id, result }, [places.runs.buffer]);
        writerOf(request.topic).ring(places.total);
        return;
      }
      send({ kind: 'done', id, result });
      if (request.kind === 'close') port.close();
    } catch (error) {
      const path =
        'topic' in request && typeof request.topic === 'number' ? writerOf(request.topic).path : groups.path;
      send({ kind: 'failed', id, error: toPlain(diskError(error, path)) });
    }
  });
  send({ kind: 'ready' });
}

serve();
