export const PlayersPage = () => null;
