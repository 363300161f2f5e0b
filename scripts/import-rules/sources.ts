import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { parseSync, Visitor } from 'rolldown/utils';

/** Where an import leads. */
export type Target =
  | { kind: 'file'; path: string }
  | { kind: 'workspace'; name: string }
  | { kind: 'package'; name: string }
  | { kind: 'builtin'; name: string };

/** One TypeScript file. Paths are relative to the root of the repository, with forward slashes. */
export interface Source {
  path: string;
  /** `typesOnly`: nothing of it is there when the program runs. */
  imports: { target: Target; line: number; typesOnly: boolean }[];
  /** Lines that read the environment. */
  environment: number[];
}

/** Every TypeScript file of the packages and apps. */
export function readSources(root: string): Source[] {
  const files = globSync('{packages,apps}/**/*.{ts,tsx}', {
    cwd: root,
    exclude: (path) => /(^|\/)(node_modules|dist)$/.test(path),
  });
  return files
    .map((file) => readSource(root, file.replaceAll('\\', '/')))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function readSource(root: string, path: string): Source {
  const text = readFileSync(join(root, path), 'utf8');
  const { program, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const source: Source = { path, imports: [], environment: [] };
  const lineOf = (node: { start: number }) => text.slice(0, node.start).split('\n').length;
  const add = (literal: { start: number; value?: unknown } | null, typesOnly = false) => {
    if (typeof literal?.value !== 'string') return;
    source.imports.push({ target: targetOf(path, literal.value), line: lineOf(literal), typesOnly });
  };
  const reads = (node: { start: number }) => source.environment.push(lineOf(node));

  new Visitor({
    ImportDeclaration: (node) => {
      add(node.source, node.importKind === 'type');
      if (node.source.value.endsWith('process') && text.slice(node.start, node.end).match(/\benv\b/))
        reads(node);
    },
    ExportNamedDeclaration: (node) => add(node.source, node.exportKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind === 'type'),
    TSImportType: (node) => add(node.source, true),
    ImportExpression: (node) => add('value' in node.source ? node.source : null),
    MemberExpression: (node) => {
      if (/^process\s*\??\.?\s*(\.\s*env|\[\s*['"`]env['"`]\s*\])$/.test(text.slice(node.start, node.end)))
        reads(node);
    },
    VariableDeclarator: (node) => {
      if (/^\{[^}]*\benv\b[^}]*\}\s*=\s*process$/.test(text.slice(node.start, node.end))) reads(node);
    },
  }).visit(program);
  return source;
}

function targetOf(from: string, specifier: string): Target {
  if (specifier.startsWith('.')) return { kind: 'file', path: posix.join(posix.dirname(from), specifier) };
  if (isBuiltin(specifier)) return { kind: 'builtin', name: specifier };
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  return { kind: name.startsWith('@promosmith/') ? 'workspace' : 'package', name };
}
