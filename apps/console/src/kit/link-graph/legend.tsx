import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type LinkGraph, PLAYER } from './graph.ts';
import classes from './picture.module.css';
import { shapeOf } from './shapes.ts';

/** What the shapes in a picture stand for. */
export function Legend({ graph }: { graph: LinkGraph }) {
  const { t } = useTranslation('fraud');
  const kinds = [...new Set(graph.nodes.map(({ kind }) => kind))];
  return (
    <Group gap="sm">
      {kinds.map((kind) => (
        <Group key={kind} gap={5} wrap="nowrap">
          <svg width={14} height={14} viewBox="-1.5 -1.5 3 3" aria-hidden>
            <path d={shapeOf(kind)} className={classes.sign} data-player={kind === PLAYER || undefined} />
          </svg>
          <Text span fz="xs" c="dimmed">
            {t(`identifiers.${kind}`, { defaultValue: kind })}
          </Text>
        </Group>
      ))}
    </Group>
  );
}
