import { Text } from '@mantine/core';
import type { CampaignDefinition } from '@promosmith/contract';
import { useTranslation } from 'react-i18next';
import { changesBetween } from './leaves.ts';
import { Shown, useTermName } from './shown.tsx';
import classes from './terms-diff.module.css';

interface Props {
  readonly before: CampaignDefinition;
  readonly after: CampaignDefinition;
}

/** What changes in the terms, field by field. */
export function TermsDiff({ before, after }: Props) {
  const { t } = useTranslation('terms');
  const nameOf = useTermName();
  const changes = changesBetween(before, after);
  if (changes.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('diff.none')}
      </Text>
    );
  const whichReward = (path: string): string =>
    before.rewards.length > 1 || after.rewards.length > 1 ? (/^rewards\.(\d+)/.exec(path)?.[1] ?? '') : '';
  return (
    <table className={classes.diff}>
      <thead>
        <tr>
          <th scope="col">{t('diff.field')}</th>
          <th scope="col">{t('diff.before')}</th>
          <th scope="col">{t('diff.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ path, name, which, shape, before: old, after: fresh }) => {
          const reward = whichReward(path);
          return (
            <tr key={path}>
              <th scope="row">
                {reward !== '' && `${t('sections.reward', { count: Number(reward) + 1 })}: `}
                {nameOf(which === undefined ? { name } : { name, which })}
              </th>
              <td>
                <span className={old === undefined ? undefined : classes.before}>
                  <Shown leaf={{ name, shape, value: old }} />
                </span>
              </td>
              <td>
                {fresh === undefined ? (
                  <Text span fz="sm" c="dimmed">
                    {t('diff.removed')}
                  </Text>
                ) : (
                  <span className={classes.after}>
                    <Shown leaf={{ name, shape, value: fresh }} />
                  </span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
