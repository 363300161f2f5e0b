import { Badge, Code, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../../api/index.ts';
import { Copyable, Count, Day, Facts, Panel, When } from '../../../../kit/index.ts';
import { localeName } from '../../../../kit/locale-name.ts';
import { nameFormat, numberFormat } from '../../../../texts/index.ts';

type Player = Answer<'getPlayer'>;

/** What the platform told of a player, its own properties at the end. */
export function FactsPanel({ player }: { player: Player }) {
  const { t } = useTranslation('players');
  const properties = useRead('listProperties', {});
  const labelOf = (name: string) =>
    properties.data?.items.find((property) => property.name === name)?.label ?? name;
  const { emailVerified, birthDate, registeredAt, lastDepositAt, segments } = player;
  return (
    <Panel title={t('tabs.profile')}>
      <Facts
        of={[
          [t('player'), <Copyable key="id" text={player.externalId} />],
          [t('email'), player.email],
          [t('emailVerified'), emailVerified === null ? null : t(emailVerified ? 'yes' : 'no')],
          [t('phone'), player.phone],
          [t('country'), player.country && <Country key="country" code={player.country} />],
          [t('currency'), player.currency],
          [t('language'), player.language && localeName(player.language)],
          [t('timeZone'), player.timeZone],
          [t('birthDate'), birthDate && <Day key="birth" of={birthDate} />],
          [t('kycStatus'), player.kycStatus && <Code key="kyc">{player.kycStatus}</Code>],
          [t('vipLevel'), <Count key="vip" of={player.vipLevel} />],
          [t('household'), player.household],
          [
            t('segments'),
            segments.length > 0 && (
              <Group key="segments" gap={4}>
                {segments.map((segment) => (
                  <Badge key={segment} variant="default" tt="none" fw={500} radius="sm">
                    {segment}
                  </Badge>
                ))}
              </Group>
            ),
          ],
          [t('registeredAt'), registeredAt && <When key="registered" at={registeredAt} style="full" />],
          [t('lastDepositAt'), lastDepositAt && <When key="deposit" at={lastDepositAt} style="full" />],
          [t('updatedAt'), <When key="updated" at={player.updatedAt} style="full" />],
          ...Object.entries(player.properties).map(
            ([name, value]) => [labelOf(name), propertyText(value, t('yes'), t('no'))] as const,
          ),
        ]}
      />
    </Panel>
  );
}

function Country({ code }: { code: string }) {
  const name = nameFormat({ type: 'region' }).of(code);
  return name === undefined || name === code ? code : `${name} (${code})`;
}

function propertyText(value: Player['properties'][string], yes: string, no: string): string {
  if (typeof value === 'boolean') return value ? yes : no;
  if (typeof value === 'number') return numberFormat().format(value);
  return Array.isArray(value) ? value.join(', ') : value;
}
