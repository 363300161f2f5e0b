import { Command } from 'commander';
import { codeCommands } from '../features/codes/index.ts';
import { biCommand } from './bi.ts';
import { brandsCommand } from './brands.ts';
import { codesCommand } from './codes.ts';
import { demoCommand } from './demo.ts';
import { doctorCommand } from './doctor.ts';
import { keysCommand } from './keys.ts';
import { migrateCommand } from './migrate.ts';
import { recountCommand } from './recount.ts';
import { staffCommand } from './staff.ts';
import { startCommand } from './start.ts';

/** The command line `promosmith`. */
export function createProgram(): Command {
  return new Command('promosmith')
    .description('Promo codes and bonuses for gaming platforms.')
    .showHelpAfterError('(--help tells more)')
    .addCommand(startCommand())
    .addCommand(migrateCommand())
    .addCommand(demoCommand())
    .addCommand(brandsCommand())
    .addCommand(keysCommand())
    .addCommand(staffCommand())
    .addCommand(codesCommand(codeCommands))
    .addCommand(recountCommand())
    .addCommand(biCommand())
    .addCommand(doctorCommand());
}
