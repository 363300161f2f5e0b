// Checks that imports go the one way the architecture allows. dependency-cruiser would be the usual tool, but it needs a
// TypeScript older than 7 to read TypeScript.
import { check } from './rules.ts';
import { readSources } from './sources.ts';

const root = process.argv[2] ?? '.';
const sources = readSources(root);
const violations = check(sources);
for (const { path, line, message } of violations) console.error(`${path}:${line}: ${message}`);
console.log(`${sources.length} files, ${violations.length} violations of the import rules`);
process.exitCode = violations.length > 0 || sources.length === 0 ? 1 : 0;
