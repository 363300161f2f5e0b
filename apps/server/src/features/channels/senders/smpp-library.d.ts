/** The part of the library that is used here; it has no types of its own. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer, Socket } from 'node:net';

  export interface Pdu {
    command: string;
    command_status: number;
    sequence_number: number;
    message_id?: string;
    esm_class?: number;
    data_coding?: number;
    registered_delivery?: number;
    system_id?: string;
    password?: string;
    source_addr?: string;
    destination_addr?: string;
    short_message?: { message?: string | Buffer; udh?: Buffer[] };
    receipted_message_id?: string;
    message_state?: number;
    response(options?: Record<string, unknown>): Pdu;
  }

  type OnAnswer = (answer: Pdu) => void;

  export class Session extends EventEmitter {
    constructor(options: { socket: Socket });
    socket: Socket;
    /** Each returns false when nothing can be written any more. */
    bind_transceiver(options: Record<string, unknown>, onAnswer: OnAnswer): boolean;
    submit_sm(options: Record<string, unknown>, onAnswer: OnAnswer): boolean;
    deliver_sm(options: Record<string, unknown>, onAnswer?: OnAnswer): boolean;
    enquire_link(options: Record<string, unknown>, onAnswer: OnAnswer): boolean;
    unbind(options: Record<string, unknown>, onAnswer: OnAnswer): boolean;
    send(pdu: Pdu): boolean;
    close(): void;
    destroy(): void;
  }

  const smpp: {
    Session: typeof Session;
    createServer(onSession: (session: Session) => void): NetServer;
    encodings: Record<'ASCII' | 'UCS2', { encode(text: string): Buffer; decode(bytes: Buffer): string }>;
  };
  export default smpp;
}
