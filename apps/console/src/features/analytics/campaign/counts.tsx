import { Group, Paper, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Definition } from '../../../kit/charts/index.ts';
import { Count, Nothing, Percent } from '../../../kit/index.ts';
import { Moved } from '../../../kit/report/index.ts';
import type { Numbers } from './figures.ts';
import { RowsLink } from './rows-link.tsx';

const SHOWN = ['tries', 'accepted', 'grants', 'conversions'] as const;
const RATES = ['acceptanceRate', 'activationRate'] as const;

interface Props {
  readonly now: Numbers;
  readonly before: Numbers | null;
}

/** The counts that are asked for first, each with what it is and how it moved. */
export function Counts({ now, before }: Props) {
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm">
      {SHOWN.map((name) => (
        <Tile key={name} of={name} now={now[name]} before={before?.[name]}>
          <RowsLink figure={name}>
            <Count of={now[name]} />
          </RowsLink>
        </Tile>
      ))}
      {RATES.map((name) => (
        <Tile key={name} of={name} now={now[name]} before={before?.[name]} isShare>
          {now[name] === null ? <Nothing /> : <Percent of={now[name]} />}
        </Tile>
      ))}
    </SimpleGrid>
  );
}

interface TileProps {
  readonly of: (typeof SHOWN)[number] | (typeof RATES)[number];
  readonly now: number | null;
  readonly before: number | null | undefined;
  readonly isShare?: boolean;
  readonly children: React.ReactNode;
}

function Tile({ of: figure, now, before, isShare = false, children }: TileProps) {
  const { t } = useTranslation();
  const { t: told } = useTranslation('figures');
  const name = told(`${figure}.name`);
  return (
    <Paper withBorder radius="md" p="md">
      <Group gap={2} wrap="nowrap">
        <Text fz="xs" c="dimmed">
          {name}
        </Text>
        <Definition of={name}>{told(`${figure}.definition`)}</Definition>
      </Group>
      <Text fz={22} fw={650} lh={1.4} component="div">
        {children}
      </Text>
      {now !== null && before !== null && before !== undefined && (
        <Group gap={4} fz="xs" c="dimmed">
          <Moved now={now} before={before} isShare={isShare} />
          <span>
            {t('report.before')} {isShare ? <Percent of={before} /> : <Count of={before} />}
          </span>
        </Group>
      )}
    </Paper>
  );
}
