import { Badge, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { connectorsOf } from '@promosmith/core/journey';
import { useTranslation } from 'react-i18next';
import { walkingOrder } from '../graph/order.ts';
import { tallies } from '../graph/problems.ts';
import type { Definition, Problem } from '../graph/types.ts';
import type { Words } from './flow.ts';
import classes from './graph-list.module.css';
import { LOOK } from './look.ts';

interface Props {
  readonly definition: Definition;
  readonly words: Words;
  readonly problems?: readonly Problem[];
  readonly picked: readonly string[];
  readonly onPick: (id: string) => void;
}

/** The same graph in words and in the order players walk it: for who does not see the canvas, or reads faster. */
export function GraphList({ definition, words, problems = [], picked, onPick }: Props) {
  const { t } = useTranslation('journeys');
  const { nodes, edges } = definition;
  const tally = tallies(problems);
  return (
    <ol className={classes.list} aria-label={t('canvas.listLabel')}>
      {walkingOrder(definition).map((id) => {
        const node = nodes[id];
        if (!node) return null;
        const { icon: IconOf, color } = LOOK[node.kind];
        const { errors = 0, warnings = 0 } = tally.get(id) ?? {};
        const ways = connectorsOf(node).flatMap((connector) => {
          const edge = edges.find((one) => one.from === id && one.connector === connector);
          const target = edge && nodes[edge.to];
          return edge && target ? [{ connector, to: edge.to, target }] : [];
        });
        return (
          <li key={id} className={classes.item} data-picked={picked.includes(id) || undefined}>
            <UnstyledButton w="100%" aria-pressed={picked.includes(id)} onClick={() => onPick(id)}>
              <Group gap="sm" wrap="nowrap">
                <IconOf
                  size={18}
                  stroke={1.7}
                  color={`var(--mantine-color-${color}-light-color)`}
                  aria-hidden
                />
                <Stack gap={0} flex={1} miw={0}>
                  <Text fz="sm" fw={600} truncate>
                    {words.title(id, node)}
                  </Text>
                  <Text fz="xs" c="dimmed" truncate>
                    {[node.name === null ? undefined : words.kind(node), words.summary(node)]
                      .filter(Boolean)
                      .join(' · ')}
                  </Text>
                </Stack>
                {errors + warnings > 0 && (
                  <Badge variant="light" color={errors > 0 ? 'red' : 'yellow'} tt="none" radius="sm">
                    {words.problems(errors + warnings)}
                  </Badge>
                )}
              </Group>
            </UnstyledButton>
            {ways.length > 0 && (
              <ul className={classes.ways}>
                {ways.map(({ connector, to, target }) => (
                  <li key={connector}>
                    <Text fz="xs" c="dimmed" span>
                      {words.connector(node, connector)} →{' '}
                    </Text>
                    <UnstyledButton className={classes.jump ?? ''} onClick={() => onPick(to)}>
                      {words.title(to, target)}
                    </UnstyledButton>
                  </li>
                ))}
              </ul>
            )}
          </li>
        );
      })}
    </ol>
  );
}
