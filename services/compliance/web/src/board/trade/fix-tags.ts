/** Names of the tags that appear in our messages; a tag without a name is shown by number. */
const NAMES: Readonly<Record<string, string>> = {
  '1': 'Account',
  '8': 'BeginString',
  '9': 'BodyLength',
  '10': 'CheckSum',
  '17': 'ExecID',
  '19': 'ExecRefID',
  '20': 'ExecTransType',
  '22': 'SecurityIDSource',
  '31': 'LastPx',
  '32': 'LastQty',
  '34': 'MsgSeqNum',
  '35': 'MsgType',
  '37': 'OrderID',
  '39': 'OrdStatus',
  '43': 'PossDupFlag',
  '48': 'SecurityID',
  '49': 'SenderCompID',
  '50': 'SenderSubID',
  '52': 'SendingTime',
  '54': 'Side',
  '55': 'Symbol',
  '56': 'TargetCompID',
  '57': 'TargetSubID',
  '58': 'Text',
  '60': 'TransactTime',
  '63': 'SettlType',
  '64': 'SettlDate',
  '75': 'TradeDate',
  '97': 'PossResend',
  '122': 'OrigSendingTime',
  '150': 'ExecType',
  '447': 'PartyIDSource',
  '448': 'PartyID',
  '452': 'PartyRole',
  '453': 'NoPartyIDs',
  '487': 'TradeReportTransType',
  '528': 'OrderCapacity',
  '552': 'NoSides',
  '568': 'TradeRequestID',
  '570': 'PreviouslyReported',
  '571': 'TradeReportID',
  '572': 'TradeReportRefID',
  '581': 'AccountType',
  '751': 'TradeReportRejectReason',
  '856': 'TradeReportType',
  '939': 'TrdRptStatus',
  '1003': 'TradeID',
  '1011': 'MessageEventSource',
  '1015': 'AsOfIndicator',
  '1126': 'OrigTradeID',
  '22001': 'TradeModifier1',
  '22002': 'TradeModifier2',
  '22003': 'TradeModifier3',
  '22004': 'TradeModifier4',
  '22011': 'ControlDate',
};

export interface FixField {
  readonly tag: string;
  readonly name: string;
  readonly value: string;
}

/** `8=FIX.4.4|9=…|` as fields; null where the text is no FIX message. */
export function fixFields(text: string): readonly FixField[] | null {
  if (!text.startsWith('8=FIX')) return null;
  return text
    .split('|')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      const tag = part.slice(0, at);
      return { tag, name: NAMES[tag] ?? '', value: part.slice(at + 1) };
    });
}
