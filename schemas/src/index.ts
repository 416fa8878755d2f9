export { DecodeError, type DecodeErrorCode } from './decode-error.ts';
export { embeddedRegistry, releasedSchemas } from './embedded-registry.ts';
export { type AnyEvent, createEventCodec, type EncodedEvent, type EventCodec } from './event-codec.ts';
export * from './events.generated.ts';
export { NO_STAMPS } from './no-stamps.ts';
export { listRegistry, type RegisteredSchema, type SchemaRegistry } from './schema-registry.ts';
export { type EventName, TOPICS, topicDeclarations, topicOf } from './topics.ts';
