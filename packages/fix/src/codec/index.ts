export { dataFieldFor } from './data-fields.ts';
export { EncodeError, type EncodeErrorCode } from './encode-error.ts';
export { encodeMessage, type Field } from './encode-message.ts';
export { FieldView, type GroupDefinition } from './field-view.ts';
export { decodeMessage, FixMessage } from './fix-message.ts';
export { type FrameEvent, FrameReader, type FrameReaderOptions, type Resync } from './frame-reader.ts';
export { GARBLED_REASONS, type GarbledReason } from './garbled.ts';
export { type FieldValue, MessageWriter } from './message-writer.ts';
export { type FractionDigits, formatUtcTimestamp, parseUtcTimestamp } from './utc-timestamp.ts';
