import { type Plugin, rolldown } from 'rolldown';

/** One classic script, minified, that runs at once: `document.currentScript` is its tag. */
export async function bundle(input: string): Promise<string> {
  const made = await rolldown({
    input,
    platform: 'browser',
    tsconfig: false,
    plugins: [styleSheets],
    moduleTypes: { '.css': 'text' },
    onLog(level, log) {
      if (level === 'warn') throw new Error(log.message);
    },
  });
  try {
    const include = new RegExp(`^(?:${OWN_NAMES.join('|')})$`);
    const minify = { compress: true, mangle: true, mangleProps: { include } };
    const { output } = await made.generate({ format: 'iife', minify, exports: 'none' });
    // Of use to other bundlers only.
    return output[0].code.replaceAll('/* @__PURE__ */ ', '');
  } finally {
    await made.close();
  }
}

/** Members of the widget's own objects: never in the DOM, in JSON or in anything a page gets to see. They are shortened. */
const OWN_NAMES = [
  'announce',
  'changed',
  'claims',
  'copied',
  'date',
  'element',
  'endedHere',
  'heading',
  'holdPopups',
  'internals',
  'language',
  'mark',
  'mayShow',
  'messages',
  'money',
  'move',
  'onGone',
  'params',
  'player',
  'press',
  'provide',
  'refuse',
  'refusal',
  'renew',
  'result',
  'say',
  'session',
  'signedIn',
  'tell',
  'unanswered',
];

/** Style sheets are texts in the script: what only people need is left out. Strings in them hold no spaces that matter. */
const styleSheets: Plugin = {
  name: 'style sheets',
  transform: {
    filter: { id: /\.css$/ },
    handler: (code) => ({
      code: code
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/\s+/g, ' ')
        .replace(/ ?([{};,>]) ?/g, '$1')
        .replace(/: /g, ':')
        .replace(/(?<=[ :(,-])0\./g, '.')
        .replaceAll(';}', '}')
        .trim(),
    }),
  },
};
