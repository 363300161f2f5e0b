export const propertyRoutes = [] as const;
