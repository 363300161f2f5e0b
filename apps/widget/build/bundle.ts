import { type Plugin, rolldown } from 'rolldown';

/** One classic script, minified, that runs at once: `document.currentScript` is its tag. */
export async function bundle(input: string): Promise<string> {
  const made = await rolldown({
    input,
    platform: 'browser',
    plugins: [styleSheets],
    moduleTypes: { '.css': 'text' },
    onLog(level, log) {
      if (level === 'warn') throw new Error(log.message);
    },
  });
  try {
    const { output } = await made.generate({ format: 'iife', minify: true, exports: 'none' });
    return output[0].code;
  } finally {
    await made.close();
  }
}

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
