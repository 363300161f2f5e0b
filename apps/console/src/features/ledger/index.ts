export const ledgerRoutes = [] as const;
