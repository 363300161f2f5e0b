export const tournamentRoutes = [] as const;
