import { Alert, type MantineColor } from '@mantine/core';
import { IconClockHour4, IconEqual, IconTrendingDown, IconTrendingUp, IconUsers } from '@tabler/icons-react';
import type { Told } from './use-measure.ts';
import { type Uplift, useVerdict } from './use-verdict.ts';

const LOOKS: Readonly<Record<Uplift['verdict'], { color: MantineColor; icon: typeof IconEqual }>> = {
  more: { color: 'green', icon: IconTrendingUp },
  less: { color: 'red', icon: IconTrendingDown },
  no_difference: { color: 'gray', icon: IconEqual },
  not_enough_players: { color: 'yellow', icon: IconUsers },
  too_early: { color: 'yellow', icon: IconClockHour4 },
};

interface Props {
  /** What was tried out. */
  readonly title: string;
  readonly told: Told;
  readonly uplift: Uplift;
}

/** In a sentence, what something changed and how sure that is. */
export function Verdict({ title, told, uplift }: Props) {
  const verdictOf = useVerdict(told);
  const { color, icon: IconOf } = LOOKS[uplift.verdict];
  return (
    <Alert color={color} icon={<IconOf size={18} />} title={title}>
      {verdictOf(uplift)}
    </Alert>
  );
}
