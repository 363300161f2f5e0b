import { Grid, Stack } from '@mantine/core';
import type { Answer } from '../../../../api/index.ts';
import { ConsentPanel } from './consent-panel.tsx';
import { FactsPanel } from './facts-panel.tsx';
import { ProtectionPanel } from './protection-panel.tsx';

/** Who a player is, what they agreed to, and what protects them. */
export const Profile = ({ player }: { player: Answer<'getPlayer'> }) => (
  <Grid>
    <Grid.Col span={{ base: 12, md: 6 }}>
      <FactsPanel player={player} />
    </Grid.Col>
    <Grid.Col span={{ base: 12, md: 6 }}>
      <Stack>
        <ProtectionPanel player={player} />
        <ConsentPanel player={player} />
      </Stack>
    </Grid.Col>
  </Grid>
);
