import { createSocket } from 'node:dgram';
import { NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import type { Clock } from '@tapeclock/ports';

/** Seconds between 1900, where NTP counts from, and 1970. */
const NTP_EPOCH_SECONDS = 2_208_988_800n;
const PACKET_BYTES = 48;
/** Leap indicator 0, version 4, mode 3 (client). */
const CLIENT_HEADER = 0x23;
const ANSWER_MODE = 4;

/**
 * One question to an SNTP server (RFC 4330). Resolves to host clock minus server clock, the path's delay taken as
 * even both ways; rejects on silence or an answer that is none. UDP has no port of its own: nothing but this asks it.
 */
export function askSntp(options: {
  readonly host: string;
  readonly port: number;
  /** The host's own clock, not shifted for a demo. */
  readonly clock: Clock;
  readonly timeoutNs: Ns;
}): Promise<Ns> {
  const { clock } = options;
  return new Promise((resolve, reject) => {
    const socket = createSocket(options.host.includes(':') ? 'udp6' : 'udp4');
    const timer = clock.after(options.timeoutNs, () => end(new Error(`no answer from ${options.host}`)));
    const end = (result: Error | Ns): void => {
      timer.cancel();
      socket.close();
      if (typeof result === 'bigint') resolve(result);
      else reject(result);
    };
    let sentNs = 0n;
    socket.once('error', end);
    socket.once('message', (packet) => end(offsetFrom(packet, sentNs, clock.nowNs())));
    const packet = Buffer.alloc(PACKET_BYTES);
    packet[0] = CLIENT_HEADER;
    sentNs = clock.nowNs();
    packet.writeBigUInt64BE(ntpFromNs(sentNs), 40);
    socket.send(packet, options.port, options.host, (error) => {
      if (error !== null) end(error);
    });
  });
}

/** Host minus server: ((T1 − T2) + (T4 − T3)) / 2 in the terms of RFC 4330 section 5, with the sign of the host. */
export function offsetFrom(packet: Buffer, sentNs: Ns, arrivedNs: Ns): Ns | Error {
  if (packet.length < PACKET_BYTES || ((packet[0] ?? 0) & 7) !== ANSWER_MODE)
    return new Error('not an SNTP answer');
  if (packet[1] === 0) return new Error('the server refuses to serve time (kiss of death)');
  // The answer must carry our own send time, or it belongs to another question.
  if (packet.readBigUInt64BE(24) !== ntpFromNs(sentNs)) return new Error('answer to another question');
  const serverReceivedNs = nsFromNtp(packet.readBigUInt64BE(32));
  const serverSentNs = nsFromNtp(packet.readBigUInt64BE(40));
  return (sentNs - serverReceivedNs + (arrivedNs - serverSentNs)) / 2n;
}

export function ntpFromNs(ns: Ns): bigint {
  const seconds = ns / NS_PER_SECOND + NTP_EPOCH_SECONDS;
  const fraction = ((ns % NS_PER_SECOND) << 32n) / NS_PER_SECOND;
  return BigInt.asUintN(64, (seconds << 32n) | fraction);
}

function nsFromNtp(stamp: bigint): Ns {
  const seconds = stamp >> 32n;
  // RFC 4330 section 3: a first bit of 0 means the era that begins in 2036.
  const era = seconds < 0x8000_0000n ? 1n << 32n : 0n;
  const fractionNs = ((stamp & 0xffff_ffffn) * NS_PER_SECOND) >> 32n;
  return (seconds + era - NTP_EPOCH_SECONDS) * NS_PER_SECOND + fractionNs;
}
