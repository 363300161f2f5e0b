// The package unpacks into the folder for temporary files, under names that all users of a machine would share. So this
// runs in a process of its own, for which that folder is another.
import { fileURLToPath } from 'node:url';
import { inflate } from '@sparticuz/chromium';

const archives = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br'];
const folder = new URL('../bin/', import.meta.resolve('@sparticuz/chromium'));
await Promise.all(archives.map((archive) => inflate(fileURLToPath(new URL(archive, folder)))));
