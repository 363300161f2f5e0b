export const cashbackRoutes = [] as const;
