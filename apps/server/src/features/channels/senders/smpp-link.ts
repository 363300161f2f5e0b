import smpp, { type Pdu, type Session } from 'smpp';
import { connect } from './socket.ts';

export interface LinkSettings {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly systemId: string;
  readonly password: string;
  readonly systemType: string;
}

export interface LinkOptions {
  readonly allowPrivate: boolean;
  /** For connecting and for each answer. */
  readonly timeoutMs: number;
  readonly enquireEveryMs: number;
}

/** A bind as transceiver (SMPP 3.4): messages go out by it, receipts come in. */
export interface Link {
  /** @throws when there is no answer: the link broke or stayed silent. */
  submit(fields: Record<string, unknown>): Promise<Pdu>;
  readonly isOpen: () => boolean;
  /** Unbinds, and waits for the answer. */
  close(): Promise<void>;
}

export class BindRefusedError extends Error {
  override name = 'BindRefusedError';
  readonly status: number;
  constructor(status: number) {
    super(`the bind is refused with status 0x${status.toString(16)}`);
    this.status = status;
  }
}

type Request = (onAnswer: (answer: Pdu) => void) => boolean;

/**
 * Opens a link and keeps it awake.
 * @param onDelivery told of what the other side delivers; @returns the status it is answered with.
 * @throws BindRefusedError, or what kept it from connecting.
 */
export async function openLink(
  settings: LinkSettings,
  options: LinkOptions,
  onDelivery: (pdu: Pdu) => Promise<number>,
): Promise<Link> {
  const socket = await connect(settings, options.allowPrivate, options.timeoutMs);
  const session: Session = new smpp.Session({ socket });
  const waiting = new Set<(error: Error) => void>();
  let open = true;

  function end(error: Error): void {
    if (!open) return;
    open = false;
    clearInterval(enquiring);
    session.destroy();
    for (const reject of waiting) reject(error);
  }

  /** The library forgets who waits when a link breaks, and waits for ever when the other side is silent. */
  const ask = (request: Request): Promise<Pdu> =>
    new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(patience);
        waiting.delete(broken);
        act();
      };
      const broken = (error: Error): void => settle(() => reject(error));
      const patience = setTimeout(
        () => end(new Error(`no answer within ${options.timeoutMs / 1000} s`)),
        options.timeoutMs,
      );
      waiting.add(broken);
      if (!request((answer) => settle(() => resolve(answer)))) end(new Error('the link is closed'));
    });

  session.on('error', (error: Error) => end(error));
  session.on('close', () => end(new Error('the other side closed the link')));
  session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
  session.on('unbind', (pdu: Pdu) => {
    session.send(pdu.response());
    end(new Error('the other side unbound'));
  });
  session.on('deliver_sm', (pdu: Pdu) => {
    void onDelivery(pdu).then((status) => {
      if (open) session.send(pdu.response({ command_status: status }));
    });
  });
  const enquiring = setInterval(() => {
    ask((onAnswer) => session.enquire_link({}, onAnswer)).catch(end);
  }, options.enquireEveryMs);

  const { systemId: system_id, systemType: system_type, password } = settings;
  const bound = await ask((onAnswer) =>
    session.bind_transceiver({ system_id, system_type, password, interface_version: 0x34 }, onAnswer),
  );
  if (bound.command_status !== 0) {
    const refused = new BindRefusedError(bound.command_status);
    end(refused);
    throw refused;
  }
  return {
    isOpen: () => open,
    submit: (fields) => ask((onAnswer) => session.submit_sm(fields, onAnswer)),
    async close() {
      if (!open) return;
      await ask((onAnswer) => session.unbind({}, onAnswer)).catch(() => undefined);
      end(new Error('closed here'));
    },
  };
}
