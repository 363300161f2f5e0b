import { Group, Stack, Text } from '@mantine/core';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../../api/index.ts';
import { ConfirmButton, Panel, tellDone, When } from '../../../../kit/index.ts';
import { useMay } from '../../../../session/index.ts';
import { ExcludeButton } from './exclude-button.tsx';

type Player = Answer<'getPlayer'>;

/** What keeps a player from bonuses: their own exclusion, and a block by the house. */
export function ProtectionPanel({ player }: { player: Player }) {
  const { t } = useTranslation('players');
  return (
    <Panel title={t('protection')}>
      <Stack gap="md">
        <Exclusion player={player} />
        <Block player={player} />
      </Stack>
    </Panel>
  );
}

function Exclusion({ player: { externalId, selfExclusion } }: { player: Player }) {
  const { t } = useTranslation('players');
  const may = useMay('players:write');
  const lift = useAct('setSelfExclusion', () => tellDone(t('exclusion.lifted')));
  return (
    <Line
      isOn={selfExclusion !== null}
      title={t(selfExclusion === null ? 'exclusion.none' : 'exclusion.on')}
      hint={
        selfExclusion === null ? (
          t('exclusion.noneHint')
        ) : selfExclusion.until === null ? (
          t('exclusion.untilLifted')
        ) : (
          <>
            {t('exclusion.until')} <When at={selfExclusion.until} style="full" />
          </>
        )
      }
    >
      {may &&
        (selfExclusion === null ? (
          <ExcludeButton player={externalId} />
        ) : (
          <ConfirmButton
            variant="default"
            size="compact-sm"
            label={t('exclusion.lift')}
            title={t('exclusion.liftTitle', { player: externalId })}
            consequence={t('exclusion.liftConsequence')}
            reason="required"
            onConfirm={(reason) =>
              lift.mutateAsync({ params: { externalId }, body: { excluded: false, reason } })
            }
          />
        ))}
    </Line>
  );
}

function Block({ player: { externalId, bonusBlocked } }: { player: Player }) {
  const { t } = useTranslation('players');
  const may = useMay('players:write');
  const set = useAct('setBonusBlock', ({ bonusBlocked: isBlocked }) =>
    tellDone(t(isBlocked ? 'block.done' : 'block.lifted')),
  );
  const way = bonusBlocked ? 'lift' : 'set';
  return (
    <Line
      isOn={bonusBlocked}
      title={t(bonusBlocked ? 'block.on' : 'block.none')}
      hint={t(bonusBlocked ? 'block.onHint' : 'block.noneHint')}
    >
      {may && (
        <ConfirmButton
          variant="default"
          size="compact-sm"
          color={bonusBlocked ? 'iris' : 'red'}
          label={t(`block.${way}.open`)}
          title={t(`block.${way}.title`, { player: externalId })}
          consequence={t(`block.${way}.consequence`)}
          reason="required"
          onConfirm={(reason) =>
            set.mutateAsync({ params: { externalId }, body: { blocked: !bonusBlocked, reason } })
          }
        />
      )}
    </Line>
  );
}

interface LineProps {
  readonly isOn: boolean;
  readonly title: string;
  readonly hint: ReactNode;
  readonly children: ReactNode;
}

function Line({ isOn, title, hint, children }: LineProps) {
  const IconOf = isOn ? IconShieldX : IconShieldCheck;
  return (
    <Group wrap="nowrap" align="flex-start" gap="sm">
      <IconOf size={20} stroke={1.6} color={`var(--mantine-color-${isOn ? 'red' : 'green'}-6)`} aria-hidden />
      <Stack gap={0} flex={1}>
        <Text fz="sm" fw={500}>
          {title}
        </Text>
        <Text fz="xs" c="dimmed" component="div">
          {hint}
        </Text>
      </Stack>
      {children}
    </Group>
  );
}
