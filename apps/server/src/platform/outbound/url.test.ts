import { expect, test } from 'vitest';
import { checkUrl } from './url.ts';

/** Each leads somewhere inside, or is no plain web address. */
const HOSTILE = [
  // loopback, spelled every way an IPv4 address can be
  'http://127.0.0.1/',
  'http://127.0.0.1:8080/hook',
  'http://127.1/',
  'http://127.0.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.0x0.0x0.0x1/',
  'http://0177.0.0.1/',
  'http://017700000001/',
  'http://0177.0.0.0x1/',
  'http://127.255.255.254/',
  'http://①②⑦.⓪.⓪.①/',
  'http://127。0。0。1/',
  'http://%31%32%37.0.0.1/',
  'http://127.0.0.1./',
  'http://0/',
  'http://0.0.0.0/',
  'http://0.0.0.0:3000/',
  // names of this machine
  'http://localhost/',
  'http://LOCALHOST/',
  'http://localhost./',
  'http://api.localhost/',
  'http://lo\tcalhost/',
  // private, shared, link-local, metadata
  'http://10.0.0.1/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.1.1/',
  'http://100.64.0.1/',
  'http://100.100.100.200/latest/meta-data/',
  'http://169.254.169.254/latest/meta-data/',
  'http://2852039166/latest/meta-data/',
  'http://168.63.129.16/',
  'http://192.0.0.192/',
  // reserved, documentation, benchmarking, multicast, broadcast
  'http://192.0.2.1/',
  'http://198.51.100.1/',
  'http://203.0.113.1/',
  'http://198.18.0.1/',
  'http://224.0.0.1/',
  'http://240.0.0.1/',
  'http://255.255.255.255/',
  // IPv6: loopback, unspecified, link-local, unique local, multicast, documentation
  'http://[::1]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[::]/',
  'http://[fe80::1]/',
  'http://[fec0::1]/',
  'http://[fc00::1]/',
  'http://[fd00:ec2::254]/',
  'http://[ff02::1]/',
  'http://[2001:db8::1]/',
  // IPv6 that wraps IPv4
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::ffff:0:127.0.0.1]/',
  'http://[::127.0.0.1]/',
  'http://[::ffff:169.254.169.254]/',
  'http://[64:ff9b::127.0.0.1]/',
  'http://[64:ff9b:1::a00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2002:a00:1::1]/',
  'http://[2001:0:7f00:1::]/',
  // other schemes, credentials, ports of other protocols, not a URL
  'file:///etc/passwd',
  'ftp://example.com/',
  'gopher://example.com:70/_x',
  'data:text/plain,x',
  'javascript:alert(1)',
  'ws://example.com/',
  'unix:/var/run/docker.sock',
  'https://user@example.com/',
  'https://user:password@example.com/',
  'https://example.com@127.0.0.1/',
  'https://:x@example.com/',
  'http://example.com:22/',
  'http://example.com:25/',
  'http://example.com:1023/',
  'http://example.com/#x',
  'http://example.com:99999/',
  'http://[fe80::1%25eth0]/',
  'http:///',
  '//example.com/',
  'example.com',
  '',
];

test.each(HOSTILE)('%s is refused', (url) => {
  expect(checkUrl(url, false)).toMatchObject({ ok: false, refusal: { key: 'url_not_allowed' } });
});

/** Each leads to what no operator means who allows private addresses: link-local, or where a cloud keeps credentials. */
const NEVER = [
  'http://169.254.169.254/latest/meta-data/',
  'http://169.254.0.1/',
  'http://169.254.170.2/v2/credentials',
  'http://2852039166/latest/meta-data/',
  'http://0xa9fea9fe/',
  'http://0251.0376.0251.0376/',
  'http://169.254.43518/',
  'http://①⑥⑨.②⑤④.①⑥⑨.②⑤④/',
  'http://169.254.169.254./',
  'http://169.254.169.254:8080/',
  'https://169.254.169.254/',
  'http://100.100.100.200/latest/meta-data/',
  'http://168.63.129.16/',
  'http://192.0.0.192/',
  'http://[fe80::1]/',
  'http://[fe80::a9fe:a9fe]/',
  'http://[febf:ffff::1]/',
  'http://[fe80::1%25eth0]/',
  'http://[fd00:ec2::254]/',
  'http://[fd00:ec2::23]/',
  'http://[fd00:0ec2:0:0:0:0:0:254]/',
  'http://[fd20:ce::254]/',
  'http://[fd00:42::42]/',
  'http://[::ffff:169.254.169.254]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[::ffff:100.100.100.200]/',
  'http://[::ffff:0:169.254.169.254]/',
  'http://[::169.254.169.254]/',
  'http://[64:ff9b::169.254.169.254]/',
  'http://[64:ff9b:1::a9fe:a9fe]/',
  'http://[2002:a9fe:a9fe::]/',
  'http://[2001:0:a9fe:a9fe::]/',
];

test.each(NEVER)('%s is refused, whatever is allowed', (url) => {
  for (const allowPrivate of [true, false])
    expect(checkUrl(url, allowPrivate)).toMatchObject({ ok: false, refusal: { key: 'url_not_allowed' } });
});

test.each([
  'http://127.0.0.1/',
  'http://localhost:8080/',
  'http://10.0.0.1/',
  'http://172.16.0.1/',
  'http://192.168.1.1/',
  'http://100.64.0.1/',
  'http://8.8.8.8/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[fd12:3456:789a::1]/',
  'http://[2606:4700::1111]/',
  'http://hooks.internal/',
])('%s is taken where private addresses are allowed', (url) => {
  expect(checkUrl(url, true).ok).toBe(true);
});

test.each([
  ['https://hooks.example.com/promosmith?token=a', 'https://hooks.example.com/promosmith?token=a'],
  ['http://example.com:80/', 'http://example.com/'],
  ['https://example.com:8443', 'https://example.com:8443/'],
  ['http://8.8.8.8/', 'http://8.8.8.8/'],
  ['http://[2606:4700::1111]/', 'http://[2606:4700::1111]/'],
  ['http://localhost.example.com/', 'http://localhost.example.com/'],
  ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
])('%s is taken', (url, called) => {
  expect(checkUrl(url, false)).toEqual({ ok: true, value: called });
});

test('where private addresses are allowed, so is any port', () => {
  expect(checkUrl('http://127.0.0.1:81/x', true).ok).toBe(true);
  expect(checkUrl('http://user@127.0.0.1/', true).ok).toBe(false);
  expect(checkUrl('file:///etc/passwd', true).ok).toBe(false);
});
