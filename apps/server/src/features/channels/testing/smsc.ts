import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import smpp, { type Pdu, type Session } from 'smpp';

/** A short message as an operator took it. */
export interface Submitted {
  readonly reference: string;
  readonly pdu: Pdu;
  readonly text: string;
}

export interface Smsc extends AsyncDisposable {
  readonly port: number;
  readonly submitted: Submitted[];
  /** Status of the next submissions, in order; 0 afterwards. `null`: no answer. `hang up`: it breaks the link. */
  answerNext(...statuses: (number | null | 'hang up')[]): void;
  /** Binds so far. */
  binds(): number;
  enquiries(): number;
  /** Tells the last bound client what became of a message. @returns the status it answered. */
  receipt(reference: string, stat: string, byTlv?: boolean): Promise<number>;
}

const PASSWORD = 'secret';
const BAD_PASSWORD = 0x0e;

/** A real short-message centre on this machine, SMPP 3.4. */
export async function startSmsc(): Promise<Smsc> {
  const submitted: Submitted[] = [];
  const statuses: (number | null | 'hang up')[] = [];
  const sessions = new Set<Session>();
  let last: Session | undefined;
  let binds = 0;
  let enquiries = 0;
  const server = smpp.createServer((session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    session.on('error', () => session.destroy());
    session.on('bind_transceiver', (pdu: Pdu) => {
      binds++;
      last = session;
      session.send(
        pdu.response({ command_status: pdu.password === PASSWORD ? 0 : BAD_PASSWORD, system_id: 'smsc' }),
      );
    });
    session.on('enquire_link', (pdu: Pdu) => {
      enquiries++;
      session.send(pdu.response());
    });
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response());
      session.close();
    });
    session.on('submit_sm', (pdu: Pdu) => {
      const status = statuses.length > 0 ? statuses.shift() : 0;
      if (status === 'hang up') return session.destroy();
      if (typeof status !== 'number') return;
      const reference = `m${submitted.length + 1}`;
      if (status === 0) submitted.push({ reference, pdu, text: textOf(pdu) });
      session.send(pdu.response({ command_status: status, message_id: reference }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    submitted,
    answerNext: (...next) => statuses.push(...next),
    binds: () => binds,
    enquiries: () => enquiries,
    receipt: (reference, stat, byTlv = false) =>
      new Promise((resolve) => {
        const text = `id:${reference} sub:001 dlvrd:001 submit date:2601011200 done date:2601011201 stat:${stat} err:012 text:`;
        last?.deliver_sm(
          byTlv
            ? {
                esm_class: 4,
                receipted_message_id: reference,
                message_state: STATES[stat],
                short_message: '',
              }
            : { esm_class: 4, short_message: text },
          (answer) => resolve(answer.command_status),
        );
      }),
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const STATES: Readonly<Record<string, number>> = { DELIVRD: 2, UNDELIV: 5 };

function textOf({ data_coding, short_message }: Pdu): string {
  const message = short_message?.message ?? '';
  if (typeof message === 'string') return message;
  return smpp.encodings[data_coding === 8 ? 'UCS2' : 'ASCII'].decode(message);
}
