import { type FileHandle, open } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import type { Result } from '@promosmith/core';
import { Command, InvalidArgumentError } from 'commander';
import type { App } from '../app.ts';
import { loadConfig } from '../platform/config.ts';
import { withApp } from './database.ts';
import { CommandError, orFail } from './failure.ts';

/** What the commands need of the codes feature. A brand is named by its slug, a campaign and a batch by their ids. */
export interface CodeCommands {
  /** Makes a batch and resolves when all its codes are stored. */
  generate(
    app: App,
    input: {
      brand: string;
      campaign: string;
      count: number;
      pattern?: string;
      onProgress: (done: number) => void;
    },
  ): Promise<Result<{ batchId: string; generated: number }>>;
  /** Reads a CSV file; lines that cannot be used are reported, and the others are kept. */
  import(
    app: App,
    input: { brand: string; campaign: string; csv: Readable },
  ): Promise<Result<{ batchId: string; imported: number; rejected: { line: number; reason: string }[] }>>;
  /** Writes the codes of a batch as CSV, in full. */
  export(
    app: App,
    input: { brand: string; batch: string; csv: Writable },
  ): Promise<Result<{ exported: number }>>;
}

export function codesCommand(codes: CodeCommands): Command {
  return new Command('codes')
    .description('Codes in bulk')
    .addCommand(generateCommand(codes))
    .addCommand(importCommand(codes))
    .addCommand(exportCommand(codes));
}

function generateCommand(codes: CodeCommands): Command {
  return new Command('generate')
    .description('Generate unique codes for a campaign.')
    .requiredOption('--brand <slug>', 'the brand')
    .requiredOption('--campaign <id>', 'the campaign they belong to')
    .requiredOption('--count <number>', 'how many', wholeNumber)
    .option('--pattern <text>', 'what they look like, # for a random symbol')
    .addHelpText(
      'after',
      `
Example:
  promosmith codes generate --brand demo --campaign 01J… --count 10000 --pattern SPRING-####-####`,
    )
    .action(async (input: { brand: string; campaign: string; count: number; pattern?: string }) => {
      const onProgress = (done: number) => console.error(`${done} of ${input.count}`);
      const made = orFail(
        await withApp(loadConfig(), (app) => codes.generate(app, { ...input, onProgress })),
      );
      console.log(`${made.generated} codes in batch ${made.batchId}`);
    });
}

function importCommand(codes: CodeCommands): Command {
  return new Command('import')
    .description('Import codes from a CSV file, or from standard input.')
    .argument('[file]', 'the CSV file')
    .requiredOption('--brand <slug>', 'the brand')
    .requiredOption('--campaign <id>', 'the campaign they belong to')
    .addHelpText(
      'after',
      `
Lines that cannot be used are listed; the command then exits with 1, and the other lines are imported.

Example:
  promosmith codes import codes.csv --brand demo --campaign 01J…`,
    )
    .action(async (file: string | undefined, input: { brand: string; campaign: string }) => {
      await using handle = file === undefined ? undefined : await openFile(file);
      const csv = handle?.createReadStream() ?? process.stdin;
      const { batchId, imported, rejected } = orFail(
        await withApp(loadConfig(), (app) => codes.import(app, { ...input, csv })),
      );
      for (const { line, reason } of rejected) console.error(`line ${line}: ${reason}`);
      console.log(`${imported} codes in batch ${batchId}, ${rejected.length} lines rejected`);
      if (rejected.length > 0) process.exitCode = 1;
    });
}

function exportCommand(codes: CodeCommands): Command {
  return new Command('export')
    .description('Write the codes of a batch as CSV to standard output, in full.')
    .requiredOption('--brand <slug>', 'the brand')
    .requiredOption('--batch <id>', 'the batch')
    .addHelpText(
      'after',
      `
Example:
  promosmith codes export --brand demo --batch 01J… > codes.csv`,
    )
    .action(async (input: { brand: string; batch: string }) => {
      const { exported } = orFail(
        await withApp(loadConfig(), (app) => codes.export(app, { ...input, csv: process.stdout })),
      );
      console.error(`${exported} codes`);
    });
}

async function openFile(path: string): Promise<FileHandle> {
  const handle = await open(path).catch(({ message }: Error) => {
    throw new CommandError(`The file cannot be read: ${message}`);
  });
  if (!(await handle.stat()).isDirectory()) return handle;
  await handle.close();
  throw new CommandError(`${path} is a folder: name a CSV file.`);
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number above 0.');
  return Number(text);
}
