import { SimpleGrid } from '@mantine/core';
import { useRead } from '../../../api/index.ts';
import { Loaded } from '../../../kit/index.ts';
import { ChannelPanel } from './channel-panel.tsx';
import { CONNECTED } from './kinds.ts';

/** How players are reached outside the page they play on. */
export function Channels() {
  const channels = useRead('listChannelConnections', {});
  return (
    <Loaded of={channels}>
      {({ items }) => (
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          {CONNECTED.map((channel) => (
            <ChannelPanel
              key={channel}
              channel={channel}
              connection={items.find((item) => item.channel === channel)}
            />
          ))}
        </SimpleGrid>
      )}
    </Loaded>
  );
}
