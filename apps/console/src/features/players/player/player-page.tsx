export const PlayerPage = () => null;
