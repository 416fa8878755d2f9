import { NO_FIELDS } from '@tapeclock/intake';
import type { FieldSource, MappingProfile, MessageRule } from './profile.ts';

/** Checks a profile read from a file; throws one error that lists everything wrong with it. */
export function parseProfile(file: string, text: string): MappingProfile {
  const profile = JSON.parse(text) as MappingProfile;
  const complaints = [
    ...(typeof profile.name === 'string' && profile.name !== '' ? [] : ['name: give the profile a name']),
    ...(Array.isArray(profile.messages)
      ? profile.messages.flatMap(messageComplaints)
      : ['messages: list the rules']),
    ...Object.entries(profile.fields ?? {}).flatMap(([name, source]) => fieldComplaints(name, source)),
  ];
  if (complaints.length > 0) throw new Error(`${file}:\n  ${complaints.join('\n  ')}`);
  return profile;
}

const ACTIONS: readonly unknown[] = ['NEW', 'CANCEL', 'CORRECT'];

function messageComplaints(rule: MessageRule, index: number): string[] {
  const place = `messages[${index}]`;
  if (typeof rule.msgType !== 'string') return [`${place}.msgType: give the MsgType (35)`];
  if (rule.ignore !== undefined) return [];
  const complaints: string[] = [];
  if (!ACTIONS.includes(rule.action))
    complaints.push(`${place}.action: one of NEW, CANCEL, CORRECT, or say "ignore"`);
  if (!isTag(rule.id)) complaints.push(`${place}.id: the tag of the execution id`);
  if (rule.action !== 'NEW' && !isTag(rule.ref))
    complaints.push(`${place}.ref: the tag of the id it refers to`);
  return complaints;
}

function fieldComplaints(name: string, source: FieldSource): string[] {
  const place = `fields.${name}`;
  if (!(name in NO_FIELDS)) return [`${place}: no such field; one of ${Object.keys(NO_FIELDS).join(', ')}`];
  const given = [source.tag, source.party, source.constant].filter((value) => value !== undefined);
  if (given.length !== 1) return [`${place}: give exactly one of tag, party, constant`];
  if (source.tag !== undefined && !isTag(source.tag)) return [`${place}.tag: a whole number above 0`];
  return [];
}

function isTag(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}
