export {
  type CatCalendar,
  catRepairDueNs,
  catReportDueNs,
  catTradingDay,
  WEEKDAY_CALENDAR,
} from './deadlines.ts';
export {
  CAT_VERSION,
  type CatErrorCode,
  type CatEventType,
  catErrorCode,
  catFieldOfCode,
} from './dictionary.ts';
export {
  catTimestamp,
  easternDate,
  easternMinute,
  nsFromCatTimestamp,
  nsFromEastern,
} from './eastern-time.ts';
export { catIssue } from './fault.ts';
export {
  type ErrorRecord,
  type FeedbackFault,
  type MetaFeedback,
  parseErrorRecords,
  parseMetaFeedback,
} from './feedback.ts';
export {
  type CatFileId,
  catBaseName,
  catDataFileName,
  catDeleteFileName,
  catMetadataFileName,
  type FeedbackName,
  type FeedbackStage,
  parseCatBaseName,
  parseFeedbackName,
} from './file-name.ts';
export { type FirmRoeId, firmRoeId, parseFirmRoeId } from './firm-roe-id.ts';
export { type LosslessObject, parseLossless } from './lossless-json.ts';
export { cancelFlagAllowed, deleteRecord, type MeotInput, meotRecord, type RecordAction } from './meot.ts';
export { catMetadata, type MetadataInput } from './metadata-file.ts';
export { type CatNumber, type CatObject, type CatRecord, type CatValue, renderRecord } from './record.ts';
export { rulebookCatCalendar } from './rulebook-calendar.ts';
export { marketCenterId, type TapeLinkage, tapeTradeId } from './tape-linkage.ts';
export {
  CUSTOMER_CONTRA,
  type SideSubject,
  type SidesInput,
  type TradeSides,
  tradeSides,
} from './trade-sides.ts';
export { type ValidationContext, validateRecord } from './validate.ts';
