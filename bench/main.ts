import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { withBench } from './bench.ts';
import { groups } from './figures/index.ts';
import { type Figure, jsonLine, table } from './report.ts';

const usage = `Usage: npm run bench -- [--profile FOLDER] [NAME…]

Measures the figures of the given names, or all. A name is one of
${groups.flatMap(({ names }) => names.map((name) => `  ${name}`)).join('\n')}
or the part before its dot. With --profile the server writes a CPU profile into the folder.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { profile: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
});

const isNamed = (name: string): boolean =>
  positionals.some((wanted) => name === wanted || name.startsWith(`${wanted}.`));
const unknown = positionals.filter(
  (wanted) =>
    !groups.some(({ names }) => names.some((name) => name === wanted || name.startsWith(`${wanted}.`))),
);

if (values.help || unknown.length > 0) {
  if (unknown.length > 0) console.error(`No figure is called ${unknown.join(', ')}.\n`);
  console.log(usage);
  process.exit(unknown.length > 0 ? 1 : 0);
}

const chosen = groups.filter(({ names }) => positionals.length === 0 || names.some(isNamed));
const profiling = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : [];

const figures = await withBench({ serverOptions: profiling }, async (bench) => {
  const measured: Figure[] = [];
  for (const group of chosen) {
    console.error(`measuring ${group.names.join(', ')}…`);
    measured.push(...(await group.measure(bench)));
  }
  return measured;
});

console.log(
  `\n${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}\n`,
);
console.log(`${table(figures)}\n`);
for (const figure of figures) console.log(jsonLine(figure));
