import { SimpleGrid, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useList, useRead } from '../../../api/index.ts';
import { Empty, LinkButton, Loaded, Page, Panel, TextLink, When } from '../../../kit/index.ts';
import { Bars, Figure } from '../../../kit/report/index.ts';
import { useMay } from '../../../session/index.ts';
import { CasesTable } from '../queue/cases-table.tsx';
import { Alarms } from './alarms.tsx';

const LOOK_MS = 15_000;
const SHOWN = 10;

/** Where a fraud analyst's day begins: how much waits, since when, and what to look at next. */
export function DeskPage() {
  const { t } = useTranslation('cases');
  const mayWatch = useMay('risk:read');
  const queue = useRead('getCaseQueue', {}, { every: LOOK_MS });
  const urgent = useList('listCases', { query: { limit: SHOWN, assignee: 'none' } }, { every: LOOK_MS });
  const mine = useList('listCases', { query: { limit: SHOWN, assignee: 'me' } }, { every: LOOK_MS });
  return (
    <Page
      title={t('desk.title')}
      description={t('desk.description')}
      actions={<LinkButton to="/cases">{t('desk.toQueue')}</LinkButton>}
    >
      <Stack gap="lg">
        <Loaded of={queue}>
          {({ waiting, unassigned, mine: own, decidedToday, oldestAt, byKind }) => (
            <>
              <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
                <Figure name={t('desk.waiting')} now={waiting} />
                <Figure name={t('desk.unassigned')} now={unassigned} />
                <Figure name={t('desk.mine')} now={own} />
                <Figure name={t('desk.decidedToday')} now={decidedToday} />
              </SimpleGrid>
              <SimpleGrid cols={{ base: 1, md: mayWatch ? 2 : 1 }} spacing="lg">
                <Panel
                  isTall
                  title={t('desk.byKind')}
                  hint={
                    oldestAt !== null && (
                      <>
                        {t('desk.oldest')}: <When at={oldestAt} />
                      </>
                    )
                  }
                >
                  <Bars
                    none={t('desk.byKindNone')}
                    of={byKind.map(({ kind, waiting: count }) => ({
                      key: kind,
                      count,
                      name: <TextLink to={{ to: '/cases', search: { kind } }}>{t(`kinds.${kind}`)}</TextLink>,
                    }))}
                  />
                </Panel>
                {mayWatch && <Alarms />}
              </SimpleGrid>
            </>
          )}
        </Loaded>
        {mine.rows.length > 0 && (
          <Panel title={t('desk.mineTitle')} padded={false}>
            <CasesTable label={t('desk.mineTitle')} list={first(mine)} empty={null} />
          </Panel>
        )}
        <Panel title={t('desk.urgent')} hint={t('desk.urgentHint')} padded={false}>
          <CasesTable
            label={t('desk.urgent')}
            list={first(urgent)}
            empty={<Empty title={t('none')} hint={t('noneHint')} />}
          />
        </Panel>
      </Stack>
    </Page>
  );
}

/** A desk shows what comes next; the rest is in the queue. */
const first = <L extends { readonly rows: readonly unknown[] }>(list: L): L => ({
  ...list,
  rows: list.rows.slice(0, SHOWN),
  isMore: false,
});
