import { readFile, stat } from 'node:fs/promises';
import type { AddressRanges as AddressRangesView } from '@promosmith/contract';
import { type Fault, readRanges } from './file.ts';
import { type AddressRange, type AddressRanges, indexRanges } from './ranges.ts';

/** Ranges of a file, which follow it when it changes. */
export interface KeptRanges extends AddressRanges {
  /** Loads the file again when it is another one than before. What cannot be read leaves what was loaded. */
  refresh(): Promise<void>;
  status(): AddressRangesView;
}

const FAULTS_SHOWN = 20;
const MOST_BYTES = 512 * 1024 * 1024;

/** @param file undefined: nothing is known of any address. */
export function keepRanges(file: string | undefined): KeptRanges {
  let ranges = indexRanges([]);
  let counts = countsOf([]);
  let faults: readonly Fault[] = [];
  let version = '';
  let loadedAt: Date | null = null;
  let changedAt: Date | null = null;

  return {
    look: (ip) => ranges.look(ip),
    async refresh() {
      if (file === undefined) return;
      try {
        const { mtime, size, ino } = await stat(file);
        const found = `${mtime.getTime()} ${size} ${ino}`;
        if (found === version) return;
        if (size > MOST_BYTES) throw new Error(`is larger than ${MOST_BYTES} bytes`);
        const read = readRanges(await readFile(file, 'utf8'));
        ranges = indexRanges(read.ranges);
        counts = countsOf(read.ranges);
        faults = read.faults;
        version = found;
        loadedAt = new Date();
        changedAt = mtime;
      } catch (error) {
        version = '';
        faults = [{ line: null, reason: error instanceof Error ? error.message : String(error) }];
      }
    },
    status: () => ({
      isConfigured: file !== undefined,
      ...counts,
      loadedAt: loadedAt?.toISOString() ?? null,
      changedAt: changedAt?.toISOString() ?? null,
      faults: faults.slice(0, FAULTS_SHOWN),
      faultCount: faults.length,
    }),
  };
}

function countsOf(
  ranges: readonly AddressRange[],
): Pick<AddressRangesView, 'lines' | 'byKind' | 'countries'> {
  const byKind: AddressRangesView['byKind'] = {};
  for (const { kind } of ranges) if (kind !== null) byKind[kind] = (byKind[kind] ?? 0) + 1;
  const ofFour = ranges.filter(({ family }) => family === 4).length;
  const countries = new Set(ranges.flatMap(({ country }) => country ?? []));
  return { lines: { ipv4: ofFour, ipv6: ranges.length - ofFour }, byKind, countries: countries.size };
}
