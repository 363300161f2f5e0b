import { loadConfig } from './config.ts';
import { startCasino } from './start.ts';

// Runs until SIGINT or SIGTERM, or until the process that started it is gone.
try {
  const { url, player, close } = await startCasino(loadConfig(), (error) => console.error(error));
  const port = new URL(url).port;
  console.log(`Demo casino: http://localhost:${port}`);
  console.log(
    `Its player: ${player.email}, password ${player.password}; or join there with the code LANTERN`,
  );
  let isClosing = false;
  const stop = async () => {
    if (isClosing) return;
    isClosing = true;
    await close();
    if (process.connected) process.disconnect();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(signal, stop);
} catch (error) {
  console.error(error instanceof Error ? `The demo casino did not start: ${error.message}` : error);
  process.exit(1);
}
