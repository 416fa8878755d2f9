export {
  type CheckOptions,
  type MessageCheck,
  messageCheck,
  type SessionDictionaries,
} from './check-message.ts';
export { Dictionary, type FieldDefinition, type Group, type Section } from './dictionary.ts';
export { DictionaryError, parseDictionary } from './parse-dictionary.ts';
export { type OverlayTexts, standardDictionaries } from './standard.ts';
export { bodyAscending } from './wire-order.ts';
