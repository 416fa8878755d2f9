import type { Field } from '../codec/index.ts';
import { bodyAscending, type SessionDictionaries } from '../dictionary/index.ts';
import type { OnMessage, StateChange } from '../engine/index.ts';
import { routeBack } from '../session/index.ts';
import { isAdmin, MsgType, Tag } from '../tags.ts';

const ECHOED: ReadonlySet<string> = new Set(['D', 'd', 'C']);
const NEW_ORDER_SINGLE = 'D';
const UNSUPPORTED_MESSAGE_TYPE = 3;

export interface EchoApplication {
  readonly onMessage: OnMessage;
  readonly onState: (change: StateChange) => void;
}

/**
 * What the public acceptance definitions expect above the session: orders, security definitions and emails come back as
 * they are under a header of ours; an order that may have been sent before and has been comes back once. Anything else
 * is an unsupported message type.
 */
export function echoApplication(books: SessionDictionaries): EchoApplication {
  const orders = new Set<string>();
  return {
    onState({ state }) {
      if (state === 'DISCONNECTED') orders.clear();
    },
    async onMessage(session, { message, seq, isPossResend }) {
      const { msgType } = message;
      if (isAdmin(msgType)) return;
      // A send fails where the session has gone meanwhile; then nobody waits for the answer.
      const answer = (type: string, fields: readonly Field[]) =>
        void session.send({ msgType: type, fields }).catch(() => {});
      if (!ECHOED.has(msgType)) {
        answer(MsgType.BusinessMessageReject, [
          ...routeBack(message),
          [Tag.RefSeqNum, seq],
          [Tag.Text, 'Unsupported Message Type'],
          [Tag.RefMsgType, msgType],
          [Tag.BusinessRejectReason, UNSUPPORTED_MESSAGE_TYPE],
        ]);
        return;
      }
      const order = msgType === NEW_ORDER_SINGLE ? message.string(Tag.ClOrdID) : null;
      if (order !== null) {
        if (isPossResend && orders.has(order)) return;
        orders.add(order);
      }
      const possResend: readonly Field[] = isPossResend ? [[Tag.PossResend, 'Y']] : [];
      answer(msgType, [...possResend, ...bodyAscending(books, message)]);
    },
  };
}
