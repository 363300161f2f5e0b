/** How a mail provider reads the part before the @; what is not said here is taken as it stands. */
interface Provider {
  /** The domain all of the provider's interchangeable domains are written as. */
  readonly domain: string;
  readonly dotsIgnored?: true;
  readonly plusTags?: true;
}

const GMAIL: Provider = { domain: 'gmail.com', dotsIgnored: true, plusTags: true };

const PROVIDERS: ReadonlyMap<string, Provider> = new Map([
  ['gmail.com', GMAIL],
  ['googlemail.com', GMAIL],
  // Microsoft's domains are separate mailboxes of the same rules: dots count, tags do not.
  ...['outlook.com', 'hotmail.com', 'live.com', 'msn.com'].map((domain): [string, Provider] => [
    domain,
    { domain, plusTags: true },
  ]),
]);

const SPACE_OR_CONTROL = /[\s\p{Cc}]/u;

/**
 * The one spelling of a mailbox, so that `J.o.h.n+bonus@Googlemail.com` and `john@gmail.com` are seen as the same
 * (DOMAIN §6 and V19). Never send mail to it: it is a key to compare by.
 *
 * Case is folded, compatibility forms (full-width letters) are unified, international domains become punycode, and
 * dots and plus tags go where the provider ignores them.
 * @returns undefined when the text is not an address.
 */
export function canonicalEmail(text: string): string | undefined {
  const address = text.trim().normalize('NFKC').toLowerCase();
  if (SPACE_OR_CONTROL.test(address)) return undefined;
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(at, 0));
  const domain = canonicalDomain(address.slice(at + 1));
  if (local === '' || domain === undefined) return undefined;
  const provider = PROVIDERS.get(domain);
  return provider ? `${mailbox(local, provider)}@${provider.domain}` : `${local}@${domain}`;
}

function mailbox(local: string, { dotsIgnored, plusTags }: Provider): string {
  const untagged = plusTags ? local.split('+', 1)[0] : local;
  const plain = dotsIgnored ? untagged?.replaceAll('.', '') : untagged;
  // "+tag@gmail.com" has no mailbox before its tag: it stays what it is rather than becoming everybody's.
  return plain || local;
}

/** ASCII form of a domain of at least two labels; undefined for anything else, IP addresses included. */
function canonicalDomain(text: string): string | undefined {
  if (!/^[^.:/?#@[\]\\%]+(\.[^.:/?#@[\]\\%]+)+\.?$/u.test(text)) return undefined;
  if (!URL.canParse(`http://${text}`)) return undefined;
  const ascii = new URL(`http://${text}`).hostname.replace(/\.$/, '');
  return /\.(?=[a-z0-9-]*[a-z])[a-z0-9-]+$/.test(ascii) ? ascii : undefined;
}
