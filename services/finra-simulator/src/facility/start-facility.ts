import { rfc3339FromNs } from '@tapeclock/domain';
import { FrameReader } from '@tapeclock/fix/codec';
import type { ByteStream, Clock, FileStore, Network, Random } from '@tapeclock/ports';
import { FacilityBook } from './book.ts';
import { FACILITY_DEFAULTS, type FacilityConfig } from './facility-config.ts';
import type { FacilityFaults } from './facility-faults.ts';
import { FacilitySession, type FacilityWorld } from './facility-session.ts';
import { Journal } from './journal.ts';
import { type Fields, textOf, typeOf } from './message.ts';
import { SessionMemory } from './session-memory.ts';
import { readFields } from './wire.ts';

export interface RunningFacility {
  readonly port: number;
  /** Live: what is written here is what the facility does from now on. */
  readonly faults: FacilityFaults;
  /** Cuts every connection once. */
  cutAll(): void;
  stop(): Promise<void>;
}

/** A stand-in for the facility's FIX side. Its journal is durable before any answer leaves. */
export async function startFacility(
  environment: {
    readonly clock: Clock;
    readonly random: Random;
    readonly network: Network;
    readonly files: FileStore;
  },
  given: Partial<FacilityConfig> = {},
): Promise<RunningFacility> {
  const { clock, random, network, files } = environment;
  const config = { ...FACILITY_DEFAULTS, ...given };
  const faults = { ...config.faults };
  const journal = new Journal(files);
  const book = new FacilityBook(config.windowMs);
  const memories = new Map<string, SessionMemory>();
  const sessions = new Map<string, FacilitySession>();
  const world: FacilityWorld = { clock, random, journal, book, config, faults };

  const memoryOf = (id: string): SessionMemory => {
    const memory = memories.get(id) ?? new SessionMemory(id);
    memories.set(id, memory);
    return memory;
  };
  for (const entry of await journal.read()) {
    book.restore(entry);
    memoryOf(entry.session).restore(entry);
  }

  const logOn = (stream: ByteStream, logon: Fields): FacilitySession | null => {
    const product = config.products[textOf(logon, 57) ?? ''];
    const client = textOf(logon, 49);
    // A wrong CompID is ignored in silence, as the real system does: the client needs its own logon timeout.
    if (
      typeOf(logon) !== 'A' ||
      product === undefined ||
      client === null ||
      textOf(logon, 56) !== config.compId
    ) {
      return null;
    }
    const id = `${client}->${config.compId}/${textOf(logon, 57)}`;
    if (faults.down || sessions.has(id)) {
      stream.destroy();
      return null;
    }
    const session = new FacilitySession(world, stream, memoryOf(id), product, logon);
    sessions.set(id, session);
    session.logOn(logon);
    return session;
  };

  const connect = (stream: ByteStream) => {
    const reader = new FrameReader();
    let session: FacilitySession | null = null;
    stream.handle({
      onData(bytes) {
        reader.feed(bytes);
        for (let event = reader.next(); event !== null; event = reader.next()) {
          if (event.kind !== 'frame') continue;
          const message = readFields(event.bytes);
          if (message === null) continue;
          if (session === null) session = logOn(stream, message);
          else session.take(message);
        }
      },
      onClose() {
        if (session === null) return;
        session.close();
        sessions.delete(session.memory.id);
      },
    });
  };

  const listener = await network.listen({ host: config.host, port: config.port }, connect);
  journal.append(
    [{ kind: 'SESSION', at: rfc3339FromNs(clock.nowNs()), session: '', step: 'OPENED' }],
    () => {},
  );
  const cutAll = () => {
    for (const session of [...sessions.values()]) session.close();
  };
  return {
    port: listener.port,
    faults,
    cutAll,
    async stop() {
      cutAll();
      await listener.close();
    },
  };
}
