export const brandRoutes = [] as const;
