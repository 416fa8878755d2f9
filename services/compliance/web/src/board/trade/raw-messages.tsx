import type { RawBytesView, TradeDetail } from '../../contract.ts';
import { Empty } from '../parts/page.tsx';
import { eastern } from '../parts/words.ts';
import { fixFields } from './fix-tags.ts';

export function RawMessages({ messages }: { readonly messages: TradeDetail['rawMessages'] }) {
  if (messages.length === 0) return <Empty>No message is kept.</Empty>;
  return messages.map((message) => (
    <details key={message.eventId} open={messages.length === 1}>
      <summary>
        <b>{message.direction === 'IN' ? 'In' : 'Out'}</b> {message.what}{' '}
        <span className="quiet num">{eastern(message.at, 6)}</span>
      </summary>
      <Raw raw={message.raw} />
    </details>
  ));
}

/** Bytes for people: FIX by tag and name, anything else as its text. */
export function Raw({ raw }: { readonly raw: RawBytesView }) {
  const fields = fixFields(raw.text);
  return (
    <pre className="raw">
      {fields === null
        ? raw.text
        : fields.map(({ tag, name, value }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: tags repeat in groups; the order never changes
            <span key={index}>
              <span className="quiet">
                {tag} {name}
              </span>{' '}
              {value}
              {'\n'}
            </span>
          ))}
    </pre>
  );
}
