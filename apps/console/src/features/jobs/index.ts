export const jobRoutes = [] as const;
