import { MsgType, type OutgoingMessage, Tag } from '@tapeclock/fix';
import type { FacilityProfile } from './profile.ts';

const SUBSCRIPTION_REQUEST_TYPE = 263;
const SNAPSHOT = '0';

/** TradeCaptureReportRequest (AD): what became of the report that we sent under this id? */
export function queryMessage(queryId: string, wireId: string, { query }: FacilityProfile): OutgoingMessage {
  return {
    msgType: MsgType.TradeCaptureReportRequest,
    fields: [
      [Tag.TradeRequestID, queryId],
      [Tag.TradeRequestType, query.requestType],
      [SUBSCRIPTION_REQUEST_TYPE, SNAPSHOT],
      [Tag.TradeReportID, wireId],
    ],
  };
}
