import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from '../../e2e/support/browser.ts';
import { LOOKS, photographer } from './photographer.ts';
import { nameOf, signIn, takeFront, takePalette, takeRoom } from './tour.ts';

const usage = `Usage: npm run screenshots -- [--url http://127.0.0.1:3000] [--brand demo] [--language de] [--looks light,narrow]
                              [--email owner@demo.example] [ROOM…]

Takes pictures of the console into screenshots/: every room, the first page its list leads to, their tabs, the steps of
editors, the dialogs that their buttons open, and what is seen before signing in; each light, dark and narrow. Nothing is
changed: the server is never asked to do anything. It must be running with the demo brand; the owner's password is read
from its data folder (--data .data), or from PASSWORD.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    brand: { type: 'string', default: 'demo' },
    data: { type: 'string', default: '.data' },
    language: { type: 'string', default: 'en' },
    looks: { type: 'string', default: LOOKS.map(({ name }) => name).join(',') },
    email: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const root = join(import.meta.dirname, '../..');
const folder = join(root, 'screenshots');

async function takeAll(): Promise<void> {
  if (positionals.length === 0) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ locale: values.language, timezoneId: 'Europe/Malta' });
    const page = await context.newPage();
    const looks = LOOKS.filter(({ name }) => values.looks.split(',').includes(name));
    const take = photographer(page, folder, looks);
    const tour = { page, take, home: `${values.url}/console/${values.brand}` };
    const isWhole = positionals.length === 0;
    if (isWhole) await takeFront(tour);
    const email = values.email ?? `owner@${values.brand}.example`;
    for (const room of await signIn(tour, email, password()))
      if (isWhole || positionals.includes(nameOf(room))) await takeRoom(tour, new URL(room, values.url).href);
    if (isWhole) await takePalette(tour);
  } finally {
    await browser.close();
  }
}

const password = (): string =>
  process.env.PASSWORD ?? readFileSync(resolve(root, values.data, 'demo.password'), 'utf8').trim();

if (values.help) console.log(usage);
else await takeAll();
