import { BASIS_POINTS } from '../../money/index.ts';
import type { JourneyDefinition } from '../graph.ts';
import { isTime } from '../local-time.ts';
import { error, type Problem } from '../problem.ts';
import type { JourneyCatalogue } from '../rules.ts';
import { durationProblems, matchProblems, within } from './values.ts';

/** Whether the settings of the journey as a whole can be kept to. */
export function settingsProblems({ settings }: JourneyDefinition, catalogue: JourneyCatalogue): Problem[] {
  const { entryCap, controlBps, quietHours, goal } = settings;
  const problems: Problem[] = [];
  if (entryCap !== null && !within(entryCap, 1, Number.MAX_SAFE_INTEGER))
    problems.push(
      error(
        'setting_out_of_bounds',
        { field: 'entryCap' },
        'The cap lets nobody in.',
        'Make it 1 or more, or leave it out.',
      ),
    );
  if (!within(controlBps, 0, BASIS_POINTS - 1))
    problems.push(
      error(
        'setting_out_of_bounds',
        { field: 'controlBps' },
        'The control group is a share of the players.',
        'Make it 0 or more, and less than 100 %.',
      ),
    );
  if (quietHours && !(isTime(quietHours.from) && isTime(quietHours.to) && quietHours.from !== quietHours.to))
    problems.push(
      error(
        'setting_invalid',
        { field: 'quietHours' },
        `Quiet hours from “${quietHours.from}” to “${quietHours.to}” are none.`,
        'Write two different times like 22:00 and 08:00.',
      ),
    );
  if (!goal) return problems;
  return [
    ...problems,
    ...matchProblems({ field: 'goal.event' }, goal.event, catalogue),
    ...durationProblems({ field: 'goal.withinMs' }, goal.withinMs),
  ];
}
