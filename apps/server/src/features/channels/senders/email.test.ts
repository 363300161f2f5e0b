import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { describe, expect, it, test } from 'vitest';
import { makeCertificate, trust } from '../testing/certificate.ts';
import { smtpError, startMailServer } from '../testing/mail-server.ts';
import { anEmail } from '../testing/outgoing.ts';
import { createEmailSender, type EmailOptions, type SmtpSettings } from './email.ts';
import type { Sender } from './sender.ts';

const SETTINGS: SmtpSettings = {
  host: '127.0.0.1',
  port: 25,
  security: 'none',
  user: null,
  password: null,
  from: { name: 'Lucky Star', address: 'bonus@lucky-star.example' },
  replyTo: 'help@lucky-star.example',
  dkim: null,
};
const OPTIONS: EmailOptions = { allowPrivate: true, timeoutMs: 3000 };

function sender(differences: Partial<SmtpSettings>, options: Partial<EmailOptions> = {}) {
  const made: Sender<ReturnType<typeof anEmail>['content']> = createEmailSender(
    { ...SETTINGS, ...differences },
    { ...OPTIONS, ...options },
  );
  return { ...made, [Symbol.asyncDispose]: made.close };
}

describe('an email', () => {
  test.each(['tls', 'starttls'] as const)(
    'by %s is sent with the password, and all of it encrypted',
    async (security) => {
      const certificate = makeCertificate();
      using _ = trust(certificate);
      const signedIn: { user: string; password: string; secure: boolean }[] = [];
      await using server = await startMailServer({
        ...{ ...certificate, secure: security === 'tls', disabledCommands: [] },
        onAuth({ username, password }, { secure }, callback) {
          signedIn.push({ user: String(username), password: String(password), secure });
          callback(null, { user: username });
        },
        onMailFrom: (_address, { secure }, callback) =>
          callback(secure ? null : smtpError(530, 'by TLS only')),
      });
      const sealed = { user: 'lucky', password: 'only-we-two-know' };
      await using email = sender({ port: server.port, security, ...sealed });
      const messages = [anEmail(), anEmail()];
      for (const message of messages)
        expect(await email.send(message)).toEqual({
          ...{ kind: 'sent', references: [`<${message.messageId}@lucky-star.example>`] },
        });
      expect(signedIn).toEqual([{ ...sealed, secure: true }]);
      expect(server.received.map(({ email: read }) => read.messageId)).toEqual(
        messages.map(({ messageId }) => `<${messageId}@lucky-star.example>`),
      );
    },
  );

  it('arrives as it was rendered, named by the message, with one-click unsubscription', async () => {
    await using server = await startMailServer();
    await using email = sender({ port: server.port });
    const message = anEmail();
    const reference = `<${message.messageId}@lucky-star.example>`;
    expect(await email.send(message)).toEqual({ kind: 'sent', references: [reference] });

    const [{ from, to, email: read } = expect.fail('nothing arrived')] = server.received;
    expect([from, to]).toEqual(['bonus@lucky-star.example', ['player@example.com']]);
    expect(read).toMatchObject({
      subject: message.content.subject,
      from: { name: 'Lucky Star', address: 'bonus@lucky-star.example' },
      replyTo: [{ address: 'help@lucky-star.example' }],
      messageId: reference,
    });
    expect(read.html?.trim()).toBe(message.content.html);
    expect(read.text?.trim()).toBe(message.content.text);
    const header = (name: string) => read.headers.find(({ key }) => key === name)?.value;
    expect(header('list-unsubscribe')).toBe(`<${message.unsubscribeUrl}>`);
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(header('content-language')).toBe('de');
  });

  it('is signed for its domain, List-Unsubscribe included', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await using server = await startMailServer();
    await using email = sender({
      port: server.port,
      dkim: { domain: 'lucky-star.example', selector: 'promo', privateKey: pem },
    });
    await email.send(anEmail());
    const [signature = ''] = /^DKIM-Signature:(?:.*\r?\n[ \t])*.*/m.exec(server.received[0]?.raw ?? '') ?? [];
    expect(signature).toContain('d=lucky-star.example');
    expect(signature).toContain('s=promo');
    expect(signature.toLowerCase()).toContain('list-unsubscribe');
  });

  test.each([
    ['another recipient', 'player@example.com, boss@example.com'],
    ['a header', 'player@example.com\r\nBcc: boss@example.com'],
    ['another command', 'player@example.com>\r\nRCPT TO:<boss@example.com'],
  ])('cannot be led by its address to %s', async (_, address) => {
    await using server = await startMailServer();
    await using email = sender({ port: server.port });
    await email.send(anEmail(address));
    for (const { to, raw } of server.received) {
      expect(to).not.toContain('boss@example.com');
      expect(raw).not.toMatch(/^Bcc:/im);
    }
  });

  it('has a subject of one line, whatever is in it', async () => {
    await using server = await startMailServer();
    await using email = sender({ port: server.port });
    await email.send(anEmail('player@example.com', { subject: 'Hello\r\nBcc: boss@example.com' }));
    expect(server.received[0]?.raw).not.toMatch(/^Bcc:/im);
  });

  it('goes over connections that are kept', async () => {
    await using server = await startMailServer();
    await using email = sender({ port: server.port });
    for (let n = 0; n < 5; n++) await email.send(anEmail());
    expect([server.received.length, server.connections()]).toEqual([5, 1]);
  });
});

describe('a server that', () => {
  test.each([
    ['knows no such mailbox', 550, { kind: 'failed', final: true }],
    ['has a full mailbox', 452, { kind: 'later' }],
    ['greylists', 451, { kind: 'later' }],
    ['shuts down', 421, { kind: 'later' }],
  ])('%s', async (_, code, result) => {
    await using server = await startMailServer({
      onRcptTo: (_address, _session, callback) => callback(smtpError(code, 'not now')),
    });
    await using email = sender({ port: server.port });
    expect(await email.send(anEmail())).toMatchObject({
      ...result,
      reason: expect.stringContaining('not now'),
    });
  });

  it('refuses the content', async () => {
    await using server = await startMailServer({
      onData: (stream, _session, callback) => {
        stream.resume().on('end', () => callback(smtpError(554, 'looks like spam')));
      },
    });
    await using email = sender({ port: server.port });
    expect(await email.send(anEmail())).toMatchObject({ kind: 'failed', final: true });
  });

  it('breaks the connection in the middle', async () => {
    await using server = await scripted((line) => {
      if (line === 'DATA') return null;
      return line.startsWith('EHLO') ? '250 peer' : '250 fine';
    });
    await using email = sender({ port: server.port });
    expect(await email.send(anEmail())).toMatchObject({ kind: 'failed', final: false });
  });

  it('says nothing after its greeting', async () => {
    await using server = await scripted(() => '');
    await using email = sender({ port: server.port }, { timeoutMs: 200 });
    expect(await email.send(anEmail())).toMatchObject({ kind: 'failed', final: false });
  });

  it('is not there', async () => {
    await using email = sender({ port: 1 });
    expect(await email.send(anEmail())).toMatchObject({ kind: 'failed', final: false });
  });

  it('offers no encryption where it is required gets neither password nor mail', async () => {
    await using server = await startMailServer();
    await using email = sender({ port: server.port, security: 'starttls', user: 'me', password: 'secret' });
    expect(await email.send(anEmail())).toMatchObject({ kind: 'failed', final: false });
    expect(server.received).toEqual([]);
  });

  it('shows a certificate that nobody vouches for gets no mail', async () => {
    await using server = await startMailServer({ secure: true });
    await using email = sender({ port: server.port, security: 'tls' });
    expect(await email.send(anEmail())).toMatchObject({ kind: 'failed', final: false });
    expect(server.received).toEqual([]);
  });

  it('shows a certificate of another name gets no mail', async () => {
    const other = makeCertificate('mail.other.example');
    using _ = trust(other);
    await using server = await startMailServer({ secure: true, ...other });
    await using email = sender({ port: server.port, security: 'tls' });
    expect(await email.send(anEmail())).toMatchObject({
      ...{ kind: 'failed', final: false },
      reason: expect.stringContaining('127.0.0.1'),
    });
    expect(server.received).toEqual([]);
  });

  it('does not take the password: that is no fault of the message', async () => {
    await using server = await startMailServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, callback) => callback(smtpError(535, 'who are you')),
    });
    await using email = sender({ port: server.port, user: 'me', password: 'wrong' });
    expect(await email.send(anEmail())).toMatchObject({ kind: 'failed', final: false });
  });

  it('is at a private address is not reached', async () => {
    await using server = await startMailServer();
    await using email = sender({ port: server.port }, { allowPrivate: false });
    expect(await email.send(anEmail())).toMatchObject({
      kind: 'failed',
      final: false,
      reason: expect.stringContaining('may not be called'),
    });
    expect(server.connections()).toBe(0);
  });
});

/** A server that answers each line as told: with nothing, or, at null, by hanging up. */
async function scripted(answer: (line: string) => string | null) {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.write('220 peer\r\n');
    createInterface(socket).on('line', (line) => {
      const said = answer(line);
      if (said === null) socket.destroy();
      else if (said) socket.write(`${said}\r\n`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      server.close();
    },
  };
}
