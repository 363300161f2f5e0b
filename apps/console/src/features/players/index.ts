export const playerRoutes = [] as const;
