/** One server-sent event. */
export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
}

/** Cuts a stream of text into events, however it was cut into pieces on its way. Comments and ids are passed over. */
export function eventReader(onEvent: (event: ServerSentEvent) => void): (text: string) => void {
  let unread = '';
  return (text) => {
    const blocks = (unread + text).split('\n\n');
    unread = blocks.pop() ?? '';
    for (const block of blocks) {
      let event = 'message';
      const data: string[] = [];
      for (const line of block.split('\n')) {
        if (line.startsWith('event: ')) event = line.slice(7);
        else if (line.startsWith('data: ')) data.push(line.slice(6));
      }
      if (data.length > 0) onEvent({ event, data: data.join('\n') });
    }
  };
}
