export const bonusRoutes = [] as const;
